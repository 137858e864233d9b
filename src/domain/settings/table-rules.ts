import { quoted, type Report } from './settings-fault.ts';
import { faultAt } from './shape-faults.ts';
import { textAt, type Written } from './written.ts';

/** By key of the settings, the names of tables where nobody has written others. */
export const usualDatastores = {
  activities_datastore: 'ActivitiesTable',
  shadows_datastore: 'ShadowsTable',
  transactions_datastore: 'TransactionsTable',
} as const;

/** Each kind of record has a table of its own: in one table, records would take each other's place. */
export function checkTables(root: Written, file: string, report: Report): void {
  const tables = Object.entries(usualDatastores).map(([key, usual]) => {
    const written = textAt(root, ['metering', key]);
    return { key, written, name: written || usual };
  });
  for (const { key, written, name } of tables) {
    const others = tables.filter((other) => other.key !== key && other.name === name);
    if (!written || others.length === 0) continue;
    const expected = `another table than that of ${others.map((other) => other.key).join(' and ')}`;
    report(faultAt(root, file, ['metering', key], quoted(name), expected));
  }
}
