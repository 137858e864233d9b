import type { ReportFile } from '#domain/costs/report-file.ts';

export interface Mail {
  /** An address that Amazon SES has validated, perhaps with a name before it. */
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  /** Rendered for those who read HTML, and sent as it is for those who do not. */
  readonly markdown: string;
  /** Named by the last part of their keys. */
  readonly attachments: readonly ReportFile[];
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}
