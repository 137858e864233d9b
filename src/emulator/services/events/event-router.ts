import type { Platform } from '../../platform.ts';
import type { BusEvent } from './bus-event.ts';
import type { EventBus, EventBusStore } from './event-buses.ts';
import {
  createTransmission,
  principalOf,
  type DeliveryFailure,
  type EventShipment,
} from './event-delivery.ts';
import { payloadFor } from './input-transformer.ts';
import type { Rule } from './rule.ts';

/** What becomes of a shipment that is tried: one copy arrives after each of the delays. */
export type Fate = 'deliver' | 'lose' | 'throttle' | { readonly delaysInSeconds: readonly number[] };

/** How a shipment ended. Lost ones had no queue for dead letters that takes them. */
export interface ShipmentOutcome extends EventShipment {
  readonly outcome: 'delivered' | 'dead-lettered' | 'lost';
  readonly failure?: DeliveryFailure;
}

/** Where a host takes part in the delivery of events. */
export interface EventHooks {
  /** Decides about each attempt, counted from 1: faults are injected here. */
  readonly intercept: (shipment: EventShipment, attempt: number) => Fate;
  readonly observe: (outcome: ShipmentOutcome) => void;
  /** Told of each event that reaches a bus, whether a rule wants it or not, in EventBridge's envelope. */
  readonly accepted: (event: Readonly<Record<string, unknown>>) => void;
}

export interface EventRouter {
  /** To all targets of all rules that match. */
  route(bus: EventBus, event: BusEvent): void;
  /** To the targets of one rule. */
  fire(rule: Rule, event: BusEvent): void;
}

const defaultRetries = 185;
const defaultAgeInSeconds = 86_400;
const longestPauseInSeconds = 480;

/** Takes events from buses to targets, again and again where that may help, and at last to dead letters. */
export function createEventRouter(
  platform: Platform,
  buses: EventBusStore,
  { intercept, observe, accepted }: EventHooks,
): EventRouter {
  const { clock } = platform;
  const transmit = createTransmission(platform, buses, route);

  function route(bus: EventBus, event: BusEvent) {
    accepted(event.fields);
    for (const rule of bus.matching(event)) fire(rule, event);
  }

  function fire(rule: Rule, event: BusEvent) {
    for (const target of rule.targets.values()) attempt({ event, rule, target }, 1);
  }

  function attempt(shipment: EventShipment, count: number) {
    const fate = intercept(shipment, count);
    if (fate === 'deliver') settle(shipment, count, transmit(shipment));
    else if (fate === 'throttle') settle(shipment, count, throttled);
    else if (fate === 'lose') observe({ ...shipment, outcome: 'lost' });
    else copy(shipment, count, fate.delaysInSeconds);
  }

  function copy(shipment: EventShipment, count: number, delaysInSeconds: readonly number[]) {
    for (const seconds of delaysInSeconds) {
      clock.after(seconds * 1000, () => settle(shipment, count, transmit(shipment)));
    }
  }

  function settle(shipment: EventShipment, count: number, failure: DeliveryFailure | undefined) {
    if (!failure) {
      observe({ ...shipment, outcome: 'delivered' });
      return;
    }
    const pause = Math.min(2 ** (count - 1), longestPauseInSeconds) * 1000;
    const exhausted = failure.retryable
      ? exhaustedCondition(shipment, count, clock.now() + pause)
      : undefined;
    if (failure.retryable && !exhausted) clock.after(pause, () => attempt(shipment, count + 1));
    else bury(shipment, failure, count - 1, exhausted);
  }

  /** The last resort: the target's queue for dead letters, if that lets the rule in. */
  function bury(shipment: EventShipment, failure: DeliveryFailure, retries: number, exhausted?: string) {
    const { event, rule, target } = shipment;
    const queue = target.DeadLetterConfig?.Arn;
    const kept =
      queue !== undefined &&
      platform.queues.deliver(queue, payloadFor(target, rule, event), principalOf(rule), {
        MessageAttributes: deadLetterAttributes(shipment, failure, retries, exhausted),
      });
    observe({ ...shipment, outcome: kept ? 'dead-lettered' : 'lost', failure });
  }

  return { route, fire };
}

const throttled: DeliveryFailure = { code: 'THROTTLING', message: 'Rate exceeded', retryable: true };

function exhaustedCondition({ event, target }: EventShipment, count: number, next: number) {
  const {
    MaximumRetryAttempts: retries = defaultRetries,
    MaximumEventAgeInSeconds: age = defaultAgeInSeconds,
  } = target.RetryPolicy ?? {};
  if (count > retries) return 'MaximumRetryAttempts';
  return next > event.receivedAt + age * 1000 ? 'MaximumEventAgeInSeconds' : undefined;
}

function deadLetterAttributes(
  { rule, target }: EventShipment,
  failure: DeliveryFailure,
  retries: number,
  exhausted: string | undefined,
) {
  const texts: Record<string, string> = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.Arn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    RETRY_ATTEMPTS: String(retries),
    ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
  );
}
