import { accountsByState } from '#domain/metrics/accounts-by-state.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { managedAccounts, onboardSoon } from './open-window.ts';

/** An account of a managed unit without a state has slipped through: its creation or its move went unnoticed. */
export async function sweepNewcomers(
  _: unknown,
  ports: Ports<'accounts' | 'settings' | 'errands'>,
): Promise<Outcome> {
  const managed = await managedAccounts(ports);
  ports.metrics.record(...accountsByState(managed));
  const newcomers = managed.filter(({ state }) => state === undefined);
  await onboardSoon(newcomers, ports);
  return { outcome: 'swept', newcomers: newcomers.length };
}
