/** A cell of a CSV file: text that a spreadsheet would run is made harmless; undefined is an empty cell. */
export type CsvCell = string | number | undefined;

/** A CSV file that grows line by line, and is in the bucket of reports once it is closed. */
export interface CsvReport {
  add(lines: Iterable<readonly CsvCell[]>): void;
  close(): Promise<void>;
}

/** Reports too long to be held as lines. */
export interface CsvReports {
  open(key: string, headings: readonly string[]): CsvReport;
}
