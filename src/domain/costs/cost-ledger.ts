import type { AccountId } from '#domain/account.ts';
import { byCodePoint } from './by-code-point.ts';
import { sumOf, type Money } from './money.ts';
import { openTally } from './tally.ts';

/** Record types that count as costs of services and usages; credits, refunds and the like are charges only. */
export const costlyRecordTypes: ReadonlySet<string> = new Set([
  'Usage',
  'Upfront',
  'Recurring',
  'Support',
  'Tax',
  'Other',
]);

/** What an account was billed for one service, usage type or record type. */
export interface ItemizedCost {
  readonly item: string;
  readonly amount: Money;
}

/** Amounts in USD by account and one more dimension: all that one bulk query of Cost Explorer can group by. */
export interface CostTable {
  /** Amounts of the same account and item add up. Throws InvalidAmount. */
  readonly add: (account: AccountId, item: string, amount: string) => void;
  readonly accounts: () => Iterable<AccountId>;
  /** All that one account was billed. */
  readonly total: (account: AccountId) => Money;
  /** What one account was billed, sorted by item; nothing for an account without lines. */
  readonly of: (account: AccountId) => readonly ItemizedCost[];
  readonly items: () => Iterable<string>;
}

/** What the organization spent in a month, as three bulk queries tell it. */
export interface CostLedger {
  /** YYYY-MM */
  readonly month: string;
  /** By service, costly record types only. */
  readonly services: CostTable;
  /** By usage type, costly record types only. */
  readonly usages: CostTable;
  /** By record type, all of them. */
  readonly charges: CostTable;
}

/** One line of a bill; `date` is YYYY-MM-DD, `amount` decimal text in USD. */
export interface CostLine {
  readonly account: AccountId;
  readonly date: string;
  readonly recordType: string;
  readonly service: string;
  readonly usageType: string;
  readonly amount: string;
}

export function openCostLedger(month: string): CostLedger {
  return { month, services: openCostTable(), usages: openCostTable(), charges: openCostTable() };
}

/** Enters a line of a detailed bill in each table that it counts for; lines of other months are left out. Throws InvalidAmount. */
export function recordCost({ month, services, usages, charges }: CostLedger, line: CostLine): void {
  if (!line.date.startsWith(month)) return;
  charges.add(line.account, line.recordType, line.amount);
  if (!costlyRecordTypes.has(line.recordType)) return;
  services.add(line.account, line.service, line.amount);
  usages.add(line.account, line.usageType, line.amount);
}

export function openCostTable(): CostTable {
  const cells = new Map<AccountId, Map<string, number>>();
  const items = new Set<string>();
  const tally = openTally();

  const cellsOf = (account: AccountId) => {
    const existing = cells.get(account);
    if (existing) return existing;
    const opened = new Map<string, number>();
    cells.set(account, opened);
    return opened;
  };

  const open = (ofAccount: Map<string, number>, item: string) => {
    const cell = tally.open();
    ofAccount.set(item, cell);
    items.add(item);
    return cell;
  };

  return {
    add(account, item, amount) {
      const ofAccount = cellsOf(account);
      tally.add(ofAccount.get(item) ?? open(ofAccount, item), amount);
    },
    accounts: () => cells.keys(),
    total: (account) => sumOf((cells.get(account) ?? new Map<string, number>()).values().map(tally.total)),
    of(account) {
      const ofAccount = cells.get(account);
      const amountOf = (item: string) => tally.total(ofAccount?.get(item) ?? 0);
      return [...(ofAccount?.keys() ?? [])]
        .sort(byCodePoint)
        .map((item) => ({ item, amount: amountOf(item) }));
    },
    items: () => items,
  };
}
