import type { ReportFile, ReportFormats } from '#domain/costs/report-file.ts';

/** Files that go with incidents. */
export interface Attachments {
  readonly formats: Pick<ReportFormats, 'workbook'>;
  /** Keeps a file under its key, which begins with `prefix`; gives a link that opens it for seven days, to anybody. */
  keep(file: ReportFile, prefix: string): Promise<string>;
}

export interface StoredFile {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** What links to attachments lead to. */
export interface Downloads {
  /** Signs the links. */
  key(): Promise<string>;
  /** Undefined when there is no such file. */
  open(key: string): Promise<StoredFile | undefined>;
}
