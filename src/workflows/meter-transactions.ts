import { identifierOf } from '#domain/activities/identifier.ts';
import { toldTime } from '#domain/transactions/told-time.ts';
import type { TransactionTold } from '#events/transaction-told.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { endTransactions } from './end-transactions.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'shadows' | 'transactions'>;

/** A turn, and its moment in epoch seconds. */
type Turn = TransactionTold & { readonly seconds: number };

/** On-boarding lasts from creation to release, and maintenance from expiry to release; one that has failed is not metered. */
export async function meterTransactions(told: readonly TransactionTold[], ports: Needs): Promise<Outcome> {
  const now = ports.clock.now();
  const turns = told.map((turn) => ({ ...turn, seconds: toldTime(turn.at, now).getTime() / 1000 }));
  const outcomes: Outcome[] = [];
  for (const round of roundsOf(turns)) {
    outcomes.push(...(await begin(round, ports)));
    outcomes.push(...(await fail(round, ports)));
    outcomes.push(...(await end(round, ports)));
  }
  const [only] = outcomes;
  return only !== undefined && outcomes.length === 1 ? only : { outcome: 'metered', turns: outcomes };
}

/** Turns of several accounts go together, and those of one account in the order of time. */
function roundsOf(turns: readonly Turn[]): readonly (readonly Turn[])[] {
  const inTime = turns.toSorted((a, b) => a.seconds - b.seconds);
  const ofAccounts = [...Map.groupBy(inTime, ({ account }) => account).values()];
  const most = Math.max(0, ...ofAccounts.map(({ length }) => length));
  return Array.from({ length: most }, (_, turn) => ofAccounts.flatMap((its) => its[turn] ?? []));
}

/** The holder has been waiting since the first beginning: a second one changes nothing. */
async function begin(round: readonly Turn[], { transactions, central }: Needs): Promise<readonly Outcome[]> {
  const begun = round.flatMap((turn) => {
    if (turn.turn !== 'begun') return [];
    const { account, transaction, seconds } = turn;
    const identifier = identifierOf(central.environment, account, transaction, seconds);
    return { account, transaction, identifier, begin: seconds };
  });
  const areFirst = await transactions.begin(begun);
  return begun.map(({ account, transaction }, index) => ({
    outcome: areFirst[index] ? 'begun' : 'under way already',
    account,
    transaction,
  }));
}

async function fail(round: readonly Turn[], { transactions }: Needs): Promise<readonly Outcome[]> {
  const failed = round.flatMap((turn) => (turn.turn === 'failed' ? turn : []));
  await transactions.forget(failed);
  return failed.map(({ account, transaction }) => ({ outcome: 'failed', account, transaction }));
}

async function end(round: readonly Turn[], ports: Needs): Promise<readonly Outcome[]> {
  const ended = round.flatMap(({ turn, account, seconds }) =>
    turn === 'ended' ? { account, end: seconds } : [],
  );
  return endTransactions(ended, ports);
}
