import type { CostLedger, CostTable } from '#domain/costs/cost-ledger.ts';
import type { Money } from '#domain/costs/money.ts';

/** What Cost Explorer has told, and by how many requests. */
export interface Told<T> {
  readonly costs: T;
  readonly requests: number;
}

/** Days from `from` until before `until`, YYYY-MM-DD. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

/** Record types that count: those of services and usages, or all that was charged, credits and refunds included. */
export type Counted = 'costly' | 'all';

/** What all accounts together cost, asked for in bulk: requests follow the length of the bill, by 5,000 lines each. */
export interface OrganizationCosts {
  /** A month, YYYY-MM; of one that still runs, what is known so far. */
  ofMonth(month: string): Promise<Told<CostLedger>>;
  /** One amount for each account, whatever it was spent on. */
  byAccount(days: Days, counted: Counted): Promise<Told<CostTable>>;
  /** What the organization is expected to spend on costly record types; undefined where AWS knows too little to tell. */
  expected(days: Days): Promise<Told<Money | undefined>>;
}
