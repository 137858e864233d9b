import type { CloudEvent, EventDelivery, Platform } from '../../platform.ts';
import type { Access, Call, Service } from '../../service.ts';
import { busEvent } from './bus-event.ts';
import { busOperations } from './bus-operations.ts';
import { busArn, createEventBusStore } from './event-buses.ts';
import { createEventRouter, type EventHooks } from './event-router.ts';
import { createPutEvents } from './put-events.ts';
import { ruleArn } from './rule.ts';
import { ruleOperations } from './rule-operations.ts';
import { createRuleSchedule } from './scheduled-rules.ts';
import { tagOperations } from './tag-operations.ts';
import { targetOperations } from './target-operations.ts';

export interface Events {
  readonly service: Service;
  readonly delivery: EventDelivery;
}

/** What a host does with events on their way: everything is delivered, and nobody told, unless it says so. */
export type EventsOptions = Partial<EventHooks>;

/** Amazon EventBridge: buses, rules and their targets, in every account and region. */
export function createEvents(platform: Platform, options: EventsOptions = {}): Events {
  const buses = createEventBusStore(platform.clock);
  const { intercept = () => 'deliver', observe = () => {}, accepted = () => {} } = options;
  const router = createEventRouter(platform, buses, { intercept, observe, accepted });
  const schedule = createRuleSchedule(platform, router);
  const service: Service = {
    name: 'events',
    protocol: { kind: 'json', version: '1.1', target: 'AWSEvents' },
    operations: {
      PutEvents: createPutEvents(platform, buses, router),
      ...ruleOperations(platform, buses, schedule),
      ...targetOperations(platform, buses),
      ...busOperations(buses),
      ...tagOperations(buses),
    },
    access,
  };

  function accept(event: CloudEvent) {
    const now = platform.clock.now();
    const { resources = [], ...content } = event;
    const id = platform.nextId();
    router.route(buses.get(event), busEvent({ ...content, resources, id, time: now, receivedAt: now }));
  }

  return { service, delivery: { accept } };
}

type RuleInput = { readonly Name?: string; readonly Rule?: string; readonly EventBusName?: string };

function onRule({ Name, Rule, EventBusName = 'default' }: RuleInput, call: Call): Access {
  const busName = EventBusName.slice(EventBusName.lastIndexOf('/') + 1);
  return { resource: ruleArn(call, busName, Name ?? Rule ?? '') };
}

function onBus({ Name, EventBusName }: RuleInput, call: Call): Access {
  return { resource: busArn(call, EventBusName ?? Name) };
}

function onResource({ ResourceARN = '' }: { readonly ResourceARN?: string }): Access {
  return { resource: ResourceARN };
}

const access: NonNullable<Service['access']> = {
  // Asked for by the operation itself, of each bus that its entries name.
  PutEvents: 'everybody',
  PutRule: onRule,
  DescribeRule: onRule,
  DeleteRule: onRule,
  EnableRule: onRule,
  DisableRule: onRule,
  PutTargets: onRule,
  RemoveTargets: onRule,
  ListTargetsByRule: onRule,
  CreateEventBus: onBus,
  DeleteEventBus: onBus,
  DescribeEventBus: onBus,
  PutPermission: onBus,
  RemovePermission: onBus,
  TagResource: onResource,
  UntagResource: onResource,
  ListTagsForResource: onResource,
};
