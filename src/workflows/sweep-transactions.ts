import { failureOf } from '#domain/transactions/failure.ts';
import { standingOf, type OpenTransaction } from '#domain/transactions/transaction.ts';
import type { TransactionsDue } from '#events/transactions-due.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { closeTransactions } from './end-transactions.ts';
import { isLeftAlone, lookUp } from './look-up-account.ts';
import { epochSeconds } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'shadows' | 'transactions' | 'progress' | 'errands'>;

/**
 * Looks for transactions that are not over: shortly before its deadline one is taken up again, and past it people are
 * told, once. One read when all is well. What DynamoDB has deleted by itself is told without any further look.
 */
export async function sweepTransactions({ expired }: TransactionsDue, ports: Needs): Promise<Outcome> {
  if (expired) return tellExpired(expired, ports);
  const { transactions, metrics, clock } = ports;
  const now = epochSeconds(clock);
  const underWay = await transactions.all();
  const oldest = underWay.reduce((age, { begin }) => Math.max(age, now - begin), 0);
  metrics.record({ metric: 'OldestUnfinishedTransaction', value: oldest });
  const done: Outcome[] = [];
  const faults: unknown[] = [];
  for (const open of underWay) {
    try {
      const outcome = await attendTo(open, now, ports);
      if (outcome) done.push(outcome);
    } catch (fault) {
      // The others are looked at all the same; the platform hears of it below.
      faults.push(fault);
    }
  }
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} transactions could not be looked at`);
  return { outcome: 'swept', underWay: underWay.length, done };
}

async function attendTo(open: OpenTransaction, now: number, ports: Needs): Promise<Outcome | undefined> {
  switch (standingOf(open, now, ports.transactions.deadlineInSeconds)) {
    case 'under way':
      return undefined;
    case 'to be taken up':
      return (await conclude(open, now, ports)) ?? takeUp(open, now, ports);
    case 'overdue':
      return (await conclude(open, now, ports)) ?? tell(open, ports);
  }
}

/** A transaction that is over without having been told so: its end was lost, or its failure is told, or nobody waits. */
async function conclude(open: OpenTransaction, now: number, ports: Needs): Promise<Outcome | undefined> {
  const { account, transaction } = open;
  const found = await lookUp(account, ports);
  if (isLeftAlone(found)) {
    await ports.transactions.forget([open]);
    return found;
  }
  if (found.account.state === 'released') return conclusion(open, await endOf(open, now, ports), ports);
  if ((await ports.progress.find(account))?.status !== 'given up') return undefined;
  await ports.transactions.forget([open]);
  return { outcome: 'told already', account, transaction };
}

async function conclusion(open: OpenTransaction, end: number, ports: Needs): Promise<Outcome | undefined> {
  const [outcome] = await closeTransactions([{ account: open.account, end, over: [open] }], ports);
  return outcome;
}

/** The release that the shadow knows of; where that was lost too, now. */
async function endOf({ account, begin }: OpenTransaction, now: number, { shadows }: Needs): Promise<number> {
  const stamp = (await shadows.find(account))?.stamps['ReleasedAccount'];
  const seconds = stamp === undefined ? Number.NaN : Date.parse(`${stamp}Z`) / 1000;
  return seconds >= begin ? seconds : now;
}

/** Whatever the account waits for is looked at now: the end of its build may have been lost. */
async function takeUp(open: OpenTransaction, now: number, ports: Needs): Promise<Outcome> {
  const { progress, errands, transactions } = ports;
  const { account, transaction } = open;
  const passage = await progress.find(account);
  if (passage?.status === 'begun' && passage.build && passage.due > now)
    await progress.save({ ...passage, due: now });
  await errands.revisit([account], 0);
  await transactions.noteTakenUp(open, now);
  return { outcome: 'taken up again', account, transaction };
}

async function tell(open: OpenTransaction, { bus, progress, transactions }: Needs): Promise<Outcome> {
  const { account, transaction } = open;
  await bus.put(failureOf(open, await progress.find(account)));
  await transactions.forget([open]);
  return { outcome: 'told', account, transaction };
}

async function tellExpired(expired: readonly OpenTransaction[], { bus }: Needs): Promise<Outcome> {
  await bus.put(...expired.map((open) => failureOf(open, undefined)));
  return { outcome: 'told', accounts: expired.map(({ account }) => account) };
}
