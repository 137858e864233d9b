import type { AccountId } from '#domain/account.ts';
import { patienceWithStrangersInSeconds } from '#domain/lifecycle.ts';
import type { Ports } from '#ports/ports.ts';
import { epochSeconds } from './undertake.ts';

/**
 * An account that is none of ours any more is let go: a build that still runs there moves it no further. Should it
 * bear a state all the same, it is looked at once a day, and not at each sweep.
 */
export async function letGo(account: AccountId, { progress, clock }: Ports<'progress'>): Promise<void> {
  const passage = await progress.find(account);
  if (!passage) return;
  const { build: _, again: __, ...rest } = passage;
  const due = epochSeconds(clock) + patienceWithStrangersInSeconds;
  await progress.save({ ...rest, status: 'left alone', due });
}
