import { afterEvent } from '#domain/shadows/after-event.ts';
import type { AccountTold } from '#events/account-told.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { castShadow } from './cast-shadow.ts';

/** Each event about a managed account leaves its mark on the shadow of that account, and is counted. */
export async function recordAccountEvent(
  { account, label, at, message }: AccountTold,
  ports: Ports<'accounts' | 'settings' | 'shadows'>,
): Promise<Outcome> {
  const { metrics, clock, tagPrefix } = ports;
  const happening = { label, message, at: at ?? clock.now() };
  const leftAlone = await castShadow(account, (shadow) => afterEvent(shadow, happening, tagPrefix), ports);
  if (leftAlone) return leftAlone;
  metrics.record({ metric: 'AccountEventsByLabel', of: label, value: 1 });
  return { outcome: 'recorded', account, label };
}
