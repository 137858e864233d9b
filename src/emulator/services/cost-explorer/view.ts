import type { BilledLine } from './bill.ts';
import type { BilledAccounts } from './line-values.ts';
import type { Period } from './periods.ts';

/** What a caller gets to see: all of the organization's bill from the management account, elsewhere one's own. */
export interface View {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly accounts: BilledAccounts;
  /** Lines of a period; of some accounts only, when they are given. */
  lines(period: Period, accounts?: ReadonlySet<string>): Iterable<BilledLine>;
}
