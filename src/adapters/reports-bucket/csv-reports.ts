import { csvLine } from '#adapters/csv/csv.ts';
import { csvFile } from '#domain/costs/report-file.ts';
import type { CsvReports } from '#ports/csv-reports.ts';
import type { ReportStore } from '#ports/report-store.ts';

/** CSV files as bytes in memory until they are closed: a million lines of activities take some 110 MB. */
export function createCsvReports(store: Pick<ReportStore, 'keep'>): CsvReports {
  return {
    open(key, headings) {
      const pieces = [Buffer.from(csvLine(headings))];
      return {
        add(lines) {
          pieces.push(Buffer.from(Array.from(lines, csvLine).join('')));
        },
        async close() {
          const body = Buffer.concat(pieces);
          pieces.length = 0;
          await store.keep(csvFile(key, body));
        },
      };
    },
  };
}
