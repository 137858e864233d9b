import { rowSettings } from './csv-rows.ts';
import type { CsvRow } from './effective-settings.ts';
import type { ItemSettings } from './settings.ts';

/** All that CSV files say of each account, later rows over earlier ones. */
export function mergeRows(rows: readonly CsvRow[]): Readonly<Record<string, Partial<ItemSettings>>> {
  const merged = new Map<string, Partial<ItemSettings>>();
  for (const { account, settings } of rows) {
    const earlier = merged.get(account);
    merged.set(account, earlier ? mergeTwo(earlier, settings) : settings);
  }
  return Object.fromEntries(merged);
}

function mergeTwo(earlier: Partial<ItemSettings>, later: Partial<ItemSettings>): Partial<ItemSettings> {
  return rowSettings(
    later.note ?? earlier.note,
    { ...earlier.accountTags, ...later.accountTags },
    { ...earlier.preparation?.variables, ...later.preparation?.variables },
    { ...earlier.purge?.variables, ...later.purge?.variables },
  );
}
