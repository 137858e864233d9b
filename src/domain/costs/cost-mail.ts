import { costSummaryKey } from '#domain/reports/report-keys.ts';
import type { ReportFile } from './report-file.ts';

/** Mail servers of many companies refuse more than 10 MB, to which attachments grow when they are encoded. */
const mostBytesAttached = 7_000_000;

/** What goes with the monthly mail: the summaries of charges, in all currencies and formats. */
export function isAttachment({ key }: ReportFile, prefix: string, month: string): boolean {
  return key.startsWith(costSummaryKey(prefix, month, 'charges.csv').slice(0, -'.csv'.length));
}

/** A mail about a month; what is too large to be attached is linked instead. */
export interface CostMail {
  readonly subject: string;
  readonly markdown: string;
  readonly attachments: readonly ReportFile[];
}

/** `template` is the markdown of the settings; `addressOf` tells where a file is found. */
export function costMail(
  month: string,
  template: string,
  files: readonly ReportFile[],
  addressOf: (key: string) => string,
): CostMail {
  const subject = `Summary cost report for ${month}`;
  const text = template.replaceAll('{month}', month);
  const bytes = files.reduce((sum, { body }) => sum + body.byteLength, 0);
  if (bytes <= mostBytesAttached) return { subject, markdown: text, attachments: files };
  const links = files.map(({ key }) => `- [${key.split('/').at(-1)}](${addressOf(key)})`);
  return { subject, markdown: [text, tooLarge, links.join('\n')].join('\n\n'), attachments: [] };
}

const tooLarge = 'The files are too large for a mail:';
