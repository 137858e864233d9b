import { afterEvent } from '#domain/shadows/after-event.ts';
import type { Shadow } from '#domain/shadows/shadow.ts';
import type { AccountTold } from '#events/account-told.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { castShadow } from './cast-shadow.ts';

type Needs = Ports<'accounts' | 'settings' | 'shadows'>;

/**
 * Each event about a managed account leaves its mark on the shadow of that account, and is counted. All marks on one
 * shadow are made in one write.
 */
export async function recordAccountEvents(told: readonly AccountTold[], ports: Needs): Promise<Outcome> {
  const recorded: AccountTold[] = [];
  const leftAlone: Outcome[] = [];
  for (const [account, events] of Map.groupBy(told, (event) => event.account)) {
    const refusal = await castShadow(account, (shadow) => afterAll(shadow, events, ports), ports);
    if (refusal) leftAlone.push(refusal);
    else recorded.push(...events);
  }
  ports.metrics.record(
    ...recorded.map(({ label }) => ({ metric: 'AccountEventsByLabel', of: label, value: 1 }) as const),
  );
  return {
    outcome: recorded.length > 0 ? 'recorded' : 'left alone',
    events: recorded.map(({ account, label }) => `${account} ${label}`),
    leftAlone,
  };
}

const afterAll = (
  before: Shadow,
  events: readonly AccountTold[],
  { clock, tagPrefix }: Pick<Needs, 'clock' | 'tagPrefix'>,
): Shadow =>
  events.reduce(
    (shadow, { label, at = clock.now(), message }) => afterEvent(shadow, { label, at, message }, tagPrefix),
    before,
  );
