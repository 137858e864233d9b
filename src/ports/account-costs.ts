import type { AccountId } from '#domain/account.ts';
import type { CostLedger } from '#domain/costs/cost-ledger.ts';

/** What single accounts cost, as AWS tells it anew once a day; each question costs a cent. */
export interface AccountCosts {
  /** Costs of one account by service, in the month YYYY-MM; none is no fault. */
  of(account: AccountId, month: string): Promise<CostLedger>;
}
