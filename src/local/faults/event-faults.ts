import type { EventHooks, Fate } from '#emulator/services/events/event-router.ts';
import type { EventFault } from './fault-plan.ts';
import { concerns, createLots, type Draw } from './lots.ts';

/** Seconds at most, unless a fault says otherwise. */
const usualDelays = { lost: 0, doubled: 60, late: 1800, shuffled: 5 } as const;

/** Decides once about each event and target: what EventBridge tries again by itself is not struck a second time. */
export function createEventFaults(faults: readonly EventFault[], draw: Draw): EventHooks['intercept'] {
  const lots = createLots(faults, 'events', draw);
  const delayOf = ({ fault, seconds = usualDelays[fault] }: EventFault) => lots.upTo(seconds);

  return ({ event, rule }, attempt): Fate => {
    if (attempt > 1) return 'deliver';
    const struck = lots.strike(
      ({ detailType, account }) =>
        concerns(detailType, event.fields['detail-type']) && concerns(account, rule.account),
    );
    if (struck.length === 0) return 'deliver';
    if (struck.some(({ fault }) => fault === 'lost')) return 'lose';
    const doubling = struck.filter(({ fault }) => fault === 'doubled');
    const delays = struck.filter(({ fault }) => fault !== 'doubled').map(delayOf);
    const first = delays.reduce((sum, seconds) => sum + seconds, 0);
    return { delaysInSeconds: [first, ...doubling.map((fault) => first + delayOf(fault))] };
  };
}
