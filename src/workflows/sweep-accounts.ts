import type { Passage } from '#domain/lifecycle.ts';
import { patienceWithEventsInSeconds } from '#domain/lifecycle.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { epochSeconds } from './undertake.ts';

type Needs = Ports<'accounts' | 'progress' | 'errands'>;

/**
 * Finds the accounts in transit of which nothing has been heard for too long, and has them looked at. Two reads when
 * nothing is wrong, whatever the number of accounts.
 */
export async function sweepAccounts(
  _: unknown,
  { accounts, progress, errands, clock }: Needs,
): Promise<Outcome> {
  const now = epochSeconds(clock);
  const passages = await progress.list();
  const known = new Set(passages.map(({ account }) => account));
  const inTransit = await accounts.listByState(['vanilla', 'assigned', 'expired']);
  const strangers = inTransit.filter((account) => !known.has(account));
  for (const account of strangers) {
    await progress.note({
      account,
      transaction: 'maintenance',
      phase: 'preparation',
      status: 'begun',
      transition: '',
      tries: 0,
      due: now + patienceWithEventsInSeconds,
    } satisfies Passage);
  }
  const overdue = passages.filter(({ due, status }) => due <= now && status !== 'given up');
  const unbegun = overdue.filter(({ status, build }) => status === 'begun' && !build);
  const patient = unbegun.length > 0 && (await errands.isBacklogged());
  const visited = patient ? overdue.filter((passage) => !unbegun.includes(passage)) : overdue;
  await errands.revisit(
    visited.map(({ account }) => account),
    0,
  );
  return {
    outcome: 'swept',
    inTransit: inTransit.length,
    noted: strangers.length,
    overdue: overdue.length,
    revisited: visited.length,
  };
}
