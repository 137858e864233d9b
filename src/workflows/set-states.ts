import type { AccountState } from '#domain/account.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { managedAccounts } from './open-window.ts';

type Needs = Ports<'accounts' | 'settings' | 'errands'>;

/** Has every managed, active account that is not in a state put there, by hand of an operator. */
const setStates =
  (to: AccountState) =>
  async (_: unknown, ports: Needs): Promise<Outcome> => {
    const managed = await managedAccounts(ports);
    const changing = managed.filter(({ state }) => state !== to);
    await ports.errands.changeStatesSoon(
      changing.map(({ id: account }) => ({ account, from: undefined, to })),
    );
    return { outcome: `accounts are set to ${to}`, accounts: changing.length };
  };

export const releaseAccounts = setStates('released');

/** Every account goes through its on-boarding again. */
export const resetAccounts = setStates('vanilla');
