import { stateTag } from '#domain/account.ts';
import {
  life,
  patienceWithEventsInSeconds,
  type StateInTransit,
  type Transaction,
} from '#domain/lifecycle.ts';
import type { Ports } from '#ports/ports.ts';
import type { Managed } from './look-up-account.ts';
import { epochSeconds } from './undertake.ts';

/** The work of a state is done, or not wanted: a purged account is assigned again, a prepared one is released. */
export async function moveOn(
  from: StateInTransit,
  transaction: Transaction,
  { account, book }: Managed,
  { accounts, progress, clock }: Ports<'accounts' | 'progress'>,
): Promise<void> {
  const { next } = life[from];
  // Noted before the tag is written: should its event be lost, the sweep finds the account from here.
  if (next === 'assigned') {
    await progress.save({
      account: account.id,
      transaction,
      phase: 'preparation',
      status: 'begun',
      transition: '',
      tries: 0,
      due: epochSeconds(clock) + patienceWithEventsInSeconds,
    });
  }
  await accounts.tag(account.id, { [stateTag(book.tagPrefix)]: next });
  if (next === 'released') await progress.forget(account.id);
}
