import type { ReportFile } from '#domain/costs/report-file.ts';

/** The bucket of reports, where people and data warehouses look for them. */
export interface ReportStore {
  /** Takes the place of a file of the same key. */
  keep(file: ReportFile): Promise<void>;
  /** Undefined when there is no file of that key. */
  read(key: string): Promise<Uint8Array | undefined>;
}
