import type { Account } from '#domain/account.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
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
  const asked = ports.clock.now().getTime() / 1000;
  const managed = await managedAccounts(ports);
  const expiring = managed.filter(({ state }) => state === 'released');
  const newcomers = managed.filter((account) => account.state === undefined);
  await onboardSoon(newcomers, ports);
  await ports.errands.changeStates(
    expiring.map(({ id: account }) => ({ account, from: 'released', to: 'expired', asked })),
  );
  return { outcome: 'window opened', expiring: expiring.length, newcomers: newcomers.length };
}

/** Has accounts on-boarded that bear no state yet. */
export const onboardSoon = (newcomers: readonly Account[], { errands }: Ports<'errands'>): Promise<void> =>
  errands.changeStatesSoon(newcomers.map(({ id: account }) => ({ account, from: 'none', to: 'vanilla' })));
