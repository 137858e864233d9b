import type {
  DeleteEventSourceMappingRequest,
  GetEventSourceMappingRequest,
  ListEventSourceMappingsRequest,
} from '@aws-sdk/client-lambda';
import { notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import type { ConsumedQueue } from '../sqs/queue-consumption.ts';
import {
  describeMapping,
  readMapping,
  type EventSourceMapping,
  type MappingRequest,
} from './event-source-mapping.ts';
import { readName, type Place } from './functions.ts';
import { sessionOf, type LambdaFunction } from './lambda-function.ts';
import { conflict, invalidParameter, notFound } from './lambda-refusals.ts';
import { createQueuePoller, type PollerSurroundings, type QueuePoller } from './queue-poller.ts';

const mostOnAPage = 100;

/** From queues to functions: mappings, each with its poller while it is enabled. */
export function mappingOperations(platform: Platform, surroundings: PollerSurroundings) {
  const { functions } = surroundings;
  const mappings = new Map<string, EventSourceMapping>();
  const pollers = new Map<string, QueuePoller>();

  function put(mapping: EventSourceMapping) {
    mappings.set(mapping.id, mapping);
    pollers.get(mapping.id)?.stop();
    pollers.delete(mapping.id);
    if (mapping.enabled) pollers.set(mapping.id, createQueuePoller(platform, mapping, surroundings));
  }

  function get({ UUID: id = '' }: { readonly UUID?: string | undefined }, { account, region }: Place) {
    const mapping = mappings.get(id);
    if (mapping?.account === account && mapping.region === region) return mapping;
    throw notFound('The resource you requested does not exist.');
  }

  function checkUnique({ queueArn, functionArn, id }: EventSourceMapping) {
    for (const other of mappings.values()) {
      if (other.id !== id && other.queueArn === queueArn && other.functionArn === functionArn)
        throw conflict(
          `An event source mapping with SQS arn (" ${queueArn} ") and function (" ${functionArn} ") already exists. Please update or delete the existing mapping with UUID ${other.id}`,
        );
    }
  }

  return {
    /** Looks again at the queues of a function that has just come. */
    wake(functionArn: string) {
      for (const { id, functionArn: mapped } of mappings.values())
        if (mapped === functionArn) pollers.get(id)?.wake();
    },
    operations: {
      CreateEventSourceMapping(input: MappingRequest, call: Call) {
        const lambda = functions.get(call, input.FunctionName);
        const queueArn = input.EventSourceArn ?? '';
        const queue = mappedQueue(platform, surroundings, lambda, queueArn);
        const id = platform.nextId();
        const mapping: EventSourceMapping = {
          ...readMapping(input, queue),
          id,
          arn: mappingArn(call, id),
          account: call.account,
          region: call.region,
          queueArn,
          functionArn: lambda.arn,
          tags: new Map(Object.entries(input.Tags ?? {})),
          changedAt: platform.clock.now(),
        };
        checkUnique(mapping);
        put(mapping);
        return describeMapping(mapping, mapping.enabled ? 'Creating' : 'Disabled');
      },
      GetEventSourceMapping(input: GetEventSourceMappingRequest, call: Call) {
        return describeMapping(get(input, call));
      },
      UpdateEventSourceMapping(input: MappingRequest, call: Call) {
        const current = get(input, call);
        const lambda = functions.get(call, input.FunctionName ?? current.functionArn);
        const queue = mappedQueue(platform, surroundings, lambda, current.queueArn);
        const changedAt = platform.clock.now();
        const mapping = {
          ...current,
          ...readMapping(input, queue, current),
          functionArn: lambda.arn,
          changedAt,
        };
        checkUnique(mapping);
        put(mapping);
        return describeMapping(mapping, 'Updating');
      },
      DeleteEventSourceMapping(input: DeleteEventSourceMappingRequest, call: Call) {
        const mapping = get(input, call);
        pollers.get(mapping.id)?.stop();
        pollers.delete(mapping.id);
        mappings.delete(mapping.id);
        return describeMapping(mapping, 'Deleting');
      },
      ListEventSourceMappings(input: ListEventSourceMappingsRequest, call: Call) {
        const functionArn =
          input.FunctionName === undefined ? undefined : readName(call, input.FunctionName).arn;
        const chosen = [...mappings.values()].filter(
          (mapping) =>
            mapping.account === call.account &&
            mapping.region === call.region &&
            mapping.functionArn === (functionArn ?? mapping.functionArn) &&
            mapping.queueArn === (input.EventSourceArn ?? mapping.queueArn),
        );
        const size = Math.min(input.MaxItems ?? mostOnAPage, mostOnAPage);
        const page = pageOf(chosen, input.Marker, size, invalidParameter('Invalid Marker'));
        return {
          EventSourceMappings: page.items.map((mapping) => describeMapping(mapping)),
          NextMarker: page.next,
        };
      },
    },
  };
}

export function mappingArn({ account, region }: Place, id: string): string {
  return `arn:aws:lambda:${region}:${account}:event-source-mapping:${id}`;
}

const neededActions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

/** The queue of a mapping, which the function's role must be let in to. Throws InvalidParameterValueException. */
function mappedQueue(
  { identity }: Platform,
  { consumption }: PollerSurroundings,
  lambda: LambdaFunction,
  queueArn: string,
): ConsumedQueue {
  if (!queueArn.startsWith('arn:aws:sqs:'))
    throw notImplemented('lambda', `event sources such as ${queueArn}`);
  const queue = consumption.find(queueArn);
  const resource = { resource: queueArn, resourcePolicy: queue?.policy, owner: queue?.account };
  for (const action of neededActions) {
    if (!identity.allows(sessionOf(lambda), { action: `sqs:${action}`, ...resource }))
      throw invalidParameter(
        `The function execution role does not have permissions to call ${action} on SQS`,
      );
  }
  if (!queue)
    throw invalidParameter(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    );
  const { timeoutInSeconds } = lambda.settings;
  if (queue.visibilityTimeoutInSeconds < timeoutInSeconds)
    throw invalidParameter(
      `Queue visibility timeout: ${queue.visibilityTimeoutInSeconds} seconds is less than Function timeout: ${timeoutInSeconds} seconds`,
    );
  return queue;
}
