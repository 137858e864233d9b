import { stateTag } from '#domain/account.ts';
import { tagChanges } from '#domain/account-tags.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
import type { AccountArrived } from '#events/account-arrived.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { letGo } from './let-go.ts';
import { isLeftAlone, lookUp, type Managed } from './look-up-account.ts';
import { welcome } from './onboard-account.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'progress'>;

/** An account that arrives in a managed unit is on-boarded, or prepared again when it comes from another one; elsewhere it is let go. */
export async function welcomeAccount(arrival: AccountArrived, ports: Needs): Promise<Outcome> {
  const found = await lookUp(arrival.account, ports);
  if (isLeftAlone(found)) {
    await letGo(arrival.account, ports);
    return found;
  }
  const event = `${arrival.account}-${arrival.transition}`;
  if (await ports.progress.isKnown(event)) return known(found);
  const outcome = await settle(arrival, found, ports);
  await ports.progress.know(event);
  return outcome;
}

async function settle({ from }: AccountArrived, found: Managed, ports: Needs): Promise<Outcome> {
  const { state } = found.account;
  if (state === undefined || state === 'vanilla') return welcome(found, ports);
  if (from === undefined) return known(found);
  if (!(await managedAt(from, found, ports))) return welcome(found, ports);
  return state === 'expired' ? known(found) : prepareAgain(found, ports);
}

/** A settled account needs nothing; one that is being purged is prepared by the settings of its new unit anyway. */
const known = ({ account }: Managed) =>
  ({ outcome: 'known already', account: account.id, state: account.state }) as const;

async function managedAt(parent: string, { account, book }: Managed, { accounts }: Needs): Promise<boolean> {
  const path = await accounts.pathOf(parent);
  return effectiveSettings(book, { id: account.id, path }) !== undefined;
}

/** The tags of the new unit, and the preparation that goes with them; a build that runs is waited for. */
async function prepareAgain({ account, settings, book }: Managed, { accounts }: Needs): Promise<Outcome> {
  const { set, unset } = tagChanges(account, settings, book.tagPrefix);
  await accounts.tag(account.id, { ...set, [stateTag(book.tagPrefix)]: 'assigned' });
  if (unset.length > 0) await accounts.untag(account.id, unset);
  return { outcome: 'assigned by its new unit', account: account.id };
}
