import type { Scheduled } from '../../clock.ts';
import type { Platform } from '../../platform.ts';
import { busEvent } from './bus-event.ts';
import type { EventRouter } from './event-router.ts';
import type { Rule } from './rule.ts';

/** Fires rules on their schedules. Nobody waits for a schedule, so it keeps no clock from coming to rest. */
export interface RuleSchedule {
  /** Takes up the schedule of a rule as it is now, or drops it. */
  update(rule: Rule): void;
  drop(rule: Rule): void;
}

export function createRuleSchedule(platform: Platform, router: EventRouter): RuleSchedule {
  const { clock } = platform;
  const timers = new Map<string, Scheduled>();

  function drop(rule: Rule) {
    timers.get(rule.arn)?.cancel();
    timers.delete(rule.arn);
  }

  function update(rule: Rule) {
    drop(rule);
    const due = rule.state === 'ENABLED' ? rule.schedule?.next(clock.now()) : undefined;
    if (due === undefined) return;
    const fire = () => {
      update(rule);
      router.fire(rule, scheduledEvent(platform, rule));
    };
    timers.set(rule.arn, clock.at(due, fire, 'background'));
  }

  return { update, drop };
}

function scheduledEvent(platform: Platform, rule: Rule) {
  const now = platform.clock.now();
  return busEvent({
    id: platform.nextId(),
    account: rule.account,
    region: rule.region,
    time: now,
    receivedAt: now,
    source: 'aws.events',
    detailType: 'Scheduled Event',
    resources: [rule.arn],
    detail: {},
  });
}
