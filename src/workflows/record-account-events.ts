import { afterEvent } from '#domain/shadows/after-event.ts';
import { isComplete, type Shadow } from '#domain/shadows/shadow.ts';
import type { AccountTold } from '#events/account-told.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { castShadow, ifComplete } from './cast-shadow.ts';

type Needs = Ports<'accounts' | 'settings' | 'shadows'>;

/**
 * Each event about a managed account leaves its mark on the shadow of that account, and is counted. All marks are made
 * together.
 */
export async function recordAccountEvents(told: readonly AccountTold[], ports: Needs): Promise<Outcome> {
  const recorded: AccountTold[] = [];
  const leftAlone: Outcome[] = [];
  const eventsOf = Map.groupBy(told, (event) => event.account);
  const marks = new Map(
    [...eventsOf].map(([account, events]) => [account, ifComplete(markOf(events, ports))]),
  );
  const marked = await ports.shadows.changeAll(marks);
  for (const [account, events] of eventsOf) {
    // By its turn, somebody else may have cast it: so it is looked for again.
    const refusal = isComplete(marked.get(account))
      ? undefined
      : await castShadow(account, markOf(events, ports), ports);
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

const markOf =
  (events: readonly AccountTold[], { clock, tagPrefix }: Pick<Needs, 'clock' | 'tagPrefix'>) =>
  (before: Shadow): Shadow =>
    events.reduce(
      (shadow, { label, at = clock.now(), message }) => afterEvent(shadow, { label, at, message }, tagPrefix),
      before,
    );
