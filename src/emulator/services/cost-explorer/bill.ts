import type { AccountId } from '#domain/account.ts';

/** One line of a bill. The account may have left the organization. */
export interface BilledLine {
  readonly account: AccountId;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly recordType: string;
  readonly service: string;
  readonly usageType: string;
  /** USD, as plain decimal text. */
  readonly amount: string;
}

/** What accounts were billed, found by account or by month without going through all of it. */
export interface Bill {
  /** Lines of days from `start` until before `end`; of some accounts only, when they are given. */
  lines(start: string, end: string, accounts?: ReadonlySet<string>): Iterable<BilledLine>;
}

export function createBill(all: readonly BilledLine[]): Bill {
  const byMonth = Map.groupBy(all, ({ date }) => date.slice(0, 7));
  const byAccount = Map.groupBy(all, ({ account }): string => account);

  function* candidates(start: string, end: string, accounts: ReadonlySet<string> | undefined) {
    if (accounts) {
      for (const account of accounts) yield* byAccount.get(account) ?? [];
      return;
    }
    for (const [month, lines] of byMonth) {
      if (month >= start.slice(0, 7) && month <= end.slice(0, 7)) yield* lines;
    }
  }

  return {
    *lines(start, end, accounts) {
      for (const line of candidates(start, end, accounts)) {
        if (line.date >= start && line.date < end) yield line;
      }
    },
  };
}
