import { accountLabel, type AccountOfReport } from './account-of-report.ts';
import { byCodePoint } from './by-code-point.ts';

/** Order of accounts in all cost reports: cost centers, then units, then accounts. */
export function byPlace(a: AccountOfReport, b: AccountOfReport): number {
  return (
    byCodePoint(a.costCenter, b.costCenter) ||
    byCodePoint(a.unitName, b.unitName) ||
    byCodePoint(accountLabel(a), accountLabel(b))
  );
}
