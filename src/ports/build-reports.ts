import type { ReportStore } from './report-store.ts';

/** What builds have reported, as files in the bucket of reports. */
export interface BuildReports extends ReportStore {
  /** Keys that begin so, after another one, in their order; the first 1,000. */
  keysAfter(beginning: string, key: string): Promise<readonly string[]>;
}
