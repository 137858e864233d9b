import type { Sheet, Value } from './sheet.ts';

/** A file for the reports bucket. */
export interface ReportFile {
  readonly key: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** How the lines of a report become bytes; adapters know the formats. */
export interface ReportFormats {
  readonly csv: (headings: readonly string[], lines: Iterable<readonly Value[]>) => Uint8Array;
  readonly workbook: (sheets: readonly Sheet[]) => Uint8Array;
}

export function csvFile(key: string, body: Uint8Array): ReportFile {
  return { key, contentType: 'text/csv; charset=utf-8', body };
}

export function workbookFile(key: string, body: Uint8Array): ReportFile {
  return { key, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body };
}
