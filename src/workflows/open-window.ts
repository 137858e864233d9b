import type { Account } from '#domain/account.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
import type { StateChange } from '#ports/errands.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

type Needs = Ports<'accounts' | 'settings' | 'errands'>;

/** Managed accounts that are active, from bulk reads. */
export async function managedAccounts({
  accounts,
  settings,
}: Ports<'accounts' | 'settings'>): Promise<readonly Account[]> {
  const book = await settings.book();
  const all = await accounts.list();
  return all.filter((account) => account.isActive && effectiveSettings(book, account) !== undefined);
}

/** The maintenance window: released accounts expire, and accounts without a state are on-boarded at last. */
export async function openWindow(_: unknown, ports: Needs): Promise<Outcome> {
  const managed = await managedAccounts(ports);
  const expiring = managed.filter(({ state }) => state === 'released');
  const newcomers = managed.filter((account) => account.state === undefined);
  const changes: readonly StateChange[] = [
    ...newcomers.map(({ id: account }) => ({ account, from: 'none', to: 'vanilla' }) as const),
    ...expiring.map(({ id: account }) => ({ account, from: 'released', to: 'expired' }) as const),
  ];
  await ports.errands.changeStates(changes);
  return { outcome: 'window opened', expiring: expiring.length, newcomers: newcomers.length };
}
