import { csvLine } from '#adapters/csv/csv.ts';
import { csvFile } from '#domain/costs/report-file.ts';
import type { CsvReports } from '#ports/csv-reports.ts';
import type { ReportStore } from '#ports/report-store.ts';
import { growingFile } from './growing-file.ts';

/** CSV files as bytes in memory until they are closed: a million lines of activities take some 110 MB. */
export function createCsvReports(store: Pick<ReportStore, 'keep'>): CsvReports {
  return {
    open(key, headings) {
      const file = growingFile();
      file.write(csvLine(headings));
      return {
        add(lines) {
          for (const line of lines) file.write(csvLine(line));
        },
        close: () => store.keep(csvFile(key, file.end())),
      };
    },
  };
}
