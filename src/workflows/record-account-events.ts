import { afterEvent } from '#domain/shadows/after-event.ts';
import { isComplete, type Shadow } from '#domain/shadows/shadow.ts';
import type { AccountTold } from '#events/account-told.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import type { ShadowChange } from '#ports/shadow-store.ts';
import { castShadow } from './cast-shadow.ts';

type Needs = Ports<'accounts' | 'settings' | 'shadows'>;

/**
 * Each event about a managed account leaves its mark on the shadow of that account, and is counted. All marks are made
 * together.
 */
export async function recordAccountEvents(told: readonly AccountTold[], ports: Needs): Promise<Outcome> {
  const recorded: AccountTold[] = [];
  const leftAlone: Outcome[] = [];
  const eventsOf = Map.groupBy(told, (event) => event.account);
  const marks = new Map([...eventsOf].map(([account, events]) => [account, markOf(events, ports)]));
  const marked = await ports.shadows.changeAll(marks);
  for (const [account, events] of eventsOf) {
    const refusal = isComplete(marked.get(account))
      ? undefined
      : await castShadow(account, (shadow) => afterAll(shadow, events, ports), ports);
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

/** A shadow that does not say yet what account it is has to be cast first. */
const markOf =
  (events: readonly AccountTold[], ports: Needs): ShadowChange =>
  (shadow) =>
    isComplete(shadow) ? afterAll(shadow, events, ports) : undefined;

const afterAll = (
  before: Shadow,
  events: readonly AccountTold[],
  { clock, tagPrefix }: Pick<Needs, 'clock' | 'tagPrefix'>,
): Shadow =>
  events.reduce(
    (shadow, { label, at = clock.now(), message }) => afterEvent(shadow, { label, at, message }, tagPrefix),
    before,
  );
