import type { Account, AccountId } from '#domain/account.ts';
import { isComplete, rootUnit, withAttributes, type Shadow } from '#domain/shadows/shadow.ts';
import type { Ports } from '#ports/ports.ts';
import type { ShadowChange } from '#ports/shadow-store.ts';
import { isLeftAlone, lookUp, type LeftAlone } from './look-up-account.ts';

const unknownUnit = 'Unknown';
const pauseInMilliseconds = 150;

/**
 * Changes the shadow of an account. The account itself is read only where nothing is on record of what it is, since
 * shadows are written far more often than accounts change.
 */
export async function castShadow(
  id: AccountId,
  change: (shadow: Shadow) => Shadow,
  ports: Ports<'accounts' | 'settings' | 'shadows'>,
): Promise<LeftAlone | undefined> {
  const { shadows, accounts, clock } = ports;
  const known = await shadows.change(id, ifComplete(change));
  if (isComplete(known)) return undefined;
  // Many may come in one batch, and the tags of few accounts may be read in a second: the index is soon enough.
  await clock.sleep(pauseInMilliseconds);
  const found = await lookUp(id, ports, accounts.glance);
  if (isLeftAlone(found)) return found;
  const unitName = await unitNameOf(found.account, accounts);
  await shadows.change(id, (shadow) =>
    change(isComplete(shadow) ? shadow : withAttributes(shadow, found.account, unitName)),
  );
  return undefined;
}

/** A change of a shadow that says what account it is of; any other has to be cast first. */
export const ifComplete =
  (change: (shadow: Shadow) => Shadow): ShadowChange =>
  (shadow) =>
    isComplete(shadow) ? change(shadow) : undefined;

/** Name of the organizational unit that holds an account. */
export async function unitNameOf(
  { path }: Pick<Account, 'path'>,
  accounts: Ports<'accounts'>['accounts'],
): Promise<string> {
  const unit = path.at(-1);
  return unit === undefined ? rootUnit : nameIn(await accounts.unitNames([unit]), unit);
}

export const nameIn = (names: ReadonlyMap<string, string>, unit: string | undefined): string =>
  unit === undefined ? rootUnit : (names.get(unit) ?? unknownUnit);
