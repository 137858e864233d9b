import { accountStates, type Account } from '#domain/account.ts';
import type { Measurement } from './measurement.ts';

/** How many accounts are in each state, `none` for those that bear none: a state that nobody is in counts zero. */
export function accountsByState(accounts: readonly Account[]): readonly Measurement[] {
  return [...accountStates, undefined].map((state) => ({
    metric: 'AccountsByState',
    of: state ?? 'none',
    value: accounts.filter((account) => account.state === state).length,
  }));
}
