import { stateTag, type AccountId } from '#domain/account.ts';
import {
  life,
  patienceWithEventsInSeconds,
  type StateInTransit,
  type Transaction,
} from '#domain/lifecycle.ts';
import type { Ports } from '#ports/ports.ts';
import { epochSeconds } from './undertake.ts';

/**
 * The work of a state is done, or not wanted: a purged account is assigned again, a prepared one is released. The
 * record of a released account goes when its release is announced.
 */
export async function moveOn(
  from: StateInTransit,
  transaction: Transaction,
  account: AccountId,
  { accounts, settings, progress, clock }: Ports<'accounts' | 'settings' | 'progress'>,
): Promise<void> {
  const { next } = life[from];
  // Noted before the tag is written: should its event be lost, the sweep finds the account from here.
  if (next === 'assigned') {
    await progress.save({
      account,
      transaction,
      phase: 'preparation',
      status: 'begun',
      transition: '',
      tries: 0,
      since: epochSeconds(clock),
      due: epochSeconds(clock) + patienceWithEventsInSeconds,
    });
  }
  const { tagPrefix } = await settings.book();
  await accounts.tag(account, { [stateTag(tagPrefix)]: next });
}
