import type { ReportFile, ReportFormats } from '#domain/costs/report-file.ts';

/** Where reports of costs are kept, and in what formats. */
export interface CostReports {
  readonly formats: ReportFormats;
  /** Takes the place of a file of the same key. */
  keep(file: ReportFile): Promise<void>;
  /** Where whoever may read the reports finds a file. */
  addressOf(key: string): string;
}
