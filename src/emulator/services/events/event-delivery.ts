import { accountId } from '#domain/account.ts';
import type { Platform, ServicePrincipal } from '../../platform.ts';
import type { Caller } from '../../service.ts';
import { forwardedEvent, type BusEvent } from './bus-event.ts';
import type { EventBus, EventBusStore } from './event-buses.ts';
import { isJson, payloadFor } from './input-transformer.ts';
import type { Rule, RuleTarget } from './rule.ts';

/** Why a target did not take an event; what cannot get better is not tried again. */
export interface DeliveryFailure {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** One event on its way to one target of one rule. */
export interface EventShipment {
  readonly event: BusEvent;
  readonly rule: Rule;
  readonly target: RuleTarget;
}

/** Rules act in their own name: resource policies may ask for their ARN. */
export function principalOf(rule: Rule): ServicePrincipal {
  return { service: 'events.amazonaws.com', account: rule.account, source: rule.arn };
}

/** Hands an event to a target; undefined when it has been taken. */
export function createTransmission(
  platform: Platform,
  buses: EventBusStore,
  receive: (bus: EventBus, event: BusEvent) => void,
): (shipment: EventShipment) => DeliveryFailure | undefined {
  return (shipment) => {
    const { target, rule, event } = shipment;
    const service = target.Arn.split(':')[2];
    if (service === 'events') return forward(platform, buses, receive, shipment);
    const payload = payloadFor(target, rule, event);
    if (service === 'lambda' && target.InputTransformer && !isJson(payload))
      return refusal('INVALID_JSON', `The input template of ${target.Id} makes no JSON: ${payload}`);
    return handOver(platform, shipment, payload)
      ? undefined
      : refusal('NO_PERMISSIONS', `${target.Arn} is not there, or its policy does not let the rule in.`);
  };
}

function handOver(platform: Platform, { rule, target }: EventShipment, payload: string): boolean {
  const by = principalOf(rule);
  const service = target.Arn.split(':')[2];
  if (service === 'lambda') return platform.functions.invokeLater(target.Arn, payload, by);
  if (service === 'sns') return platform.topics.publish(target.Arn, { message: payload }, by);
  return platform.queues.deliver(target.Arn, payload, by, { ...target.SqsParameters });
}

/** To another bus an event goes as the role of the target, whom the policy of that bus must let in. */
function forward(
  platform: Platform,
  buses: EventBusStore,
  receive: (bus: EventBus, event: BusEvent) => void,
  { event, rule, target }: EventShipment,
): DeliveryFailure | undefined {
  if (event.forwarded)
    return refusal(
      'THIRD_ACCOUNT_HOP_DETECTED',
      `Event ingestion rejected for event ${event.id} because an event can be sent to an event bus target only once.`,
    );
  const bus = buses.find(rule, target.Arn);
  if (!bus || !platform.isMember(bus.account))
    return refusal('NO_RESOURCE', `Event bus ${target.Arn} does not exist.`);
  if (!mayForward(platform, bus, { event, rule, target }))
    return refusal('NO_PERMISSIONS', `${target.RoleArn} may not put events on ${target.Arn}.`);
  receive(bus, forwardedEvent(event, platform.clock.now()));
  return undefined;
}

/** The role must let EventBridge in, and both the role and the bus must let the event pass. */
function mayForward({ identity }: Platform, bus: EventBus, { event, rule, target }: EventShipment): boolean {
  const { RoleArn: role = '' } = target;
  if (!identity.allows(principalOf(rule), { action: 'sts:AssumeRole', resource: role })) return false;
  return identity.allows(sessionOf(role), {
    action: 'events:PutEvents',
    resource: bus.arn,
    resourcePolicy: bus.policy,
    owner: bus.account,
    context: eventKeys(event),
  });
}

/** EventBridge in the role of a target; it needs no credentials, which would be kept for every event. */
function sessionOf(role: string): Caller {
  const [, , , , account] = role.split(':');
  const name = role.slice(role.lastIndexOf('/') + 1);
  const arn = `arn:aws:sts::${account}:assumed-role/${name}/EventBridge`;
  return { account: accountId(account), arn, userId: `${name}:EventBridge`, role };
}

/** What the conditions of policies may ask about an event. */
export function eventKeys(event: BusEvent): Readonly<Record<string, string>> {
  return {
    'events:source': String(event.fields['source']),
    'events:detail-type': String(event.fields['detail-type']),
  };
}

function refusal(code: string, message: string): DeliveryFailure {
  return { code, message, retryable: false };
}
