import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { busEvent, type BusEvent } from './bus-event.ts';
import { busArn, type EventBusStore } from './event-buses.ts';
import { eventKeys } from './event-delivery.ts';
import type { EventRouter } from './event-router.ts';

const mostEntries = 10;
const mostBytes = 256 * 1024;

/** Events from clients: each entry is taken or refused by itself, but permission is asked for all of them first. */
export function createPutEvents(platform: Platform, buses: EventBusStore, router: EventRouter) {
  function put(entry: Entry, call: Call): PutEventsResultEntry {
    if ('ErrorCode' in entry) return entry;
    const bus = buses.find(call, entry.busName);
    if (!bus || bus.region !== call.region)
      return failed('ResourceNotFoundException', `Event bus ${entry.busName} does not exist.`);
    router.route(bus, entry.event);
    return { EventId: entry.event.id };
  }

  function authorize({ busName, event }: TakenEntry, call: Call) {
    const bus = buses.find(call, busName);
    platform.identity.authorize(call.caller, {
      action: 'events:PutEvents',
      resource: bus?.arn ?? busArn(call, busName),
      resourcePolicy: bus?.policy,
      owner: bus?.account,
      context: eventKeys(event),
    });
  }

  return (input: PutEventsRequest, call: Call): PutEventsResponse => {
    if (input.EndpointId !== undefined) throw notImplemented('events', 'the endpoint of PutEvents');
    const requested = input.Entries ?? [];
    checkSize(requested);
    const entries = requested.map((entry) => readEntry(entry, call, platform));
    for (const entry of entries) if (!('ErrorCode' in entry)) authorize(entry, call);
    const results = entries.map((entry) => put(entry, call));
    return { FailedEntryCount: results.filter((result) => result.ErrorCode).length, Entries: results };
  };
}

interface TakenEntry {
  readonly busName: string;
  readonly event: BusEvent;
}

interface RefusedEntry {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

type Entry = TakenEntry | RefusedEntry;

function readEntry(entry: PutEventsRequestEntry, call: Call, platform: Platform): Entry {
  const { Source: source = '', DetailType: detailType = '', Detail: detailText = '' } = entry;
  const missing = Object.entries({ Source: source, DetailType: detailType, Detail: detailText }).find(
    ([, text]) => text === '',
  );
  if (missing)
    return failed(
      'InvalidArgument',
      `Parameter ${missing[0]} is not valid. Reason: ${missing[0]} is a required argument.`,
    );
  if (source.startsWith('aws.'))
    return failed('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = parseObject(detailText);
  if (!detail) return failed('MalformedDetail', 'Detail is malformed.');
  const receivedAt = platform.clock.now();
  const event = busEvent({
    id: platform.nextId(),
    account: call.account,
    region: call.region,
    // On the wire a time is a number of seconds.
    time: entry.Time === undefined ? receivedAt : Number(entry.Time) * 1000,
    receivedAt,
    source,
    detailType,
    resources: entry.Resources ?? [],
    detail,
    detailText,
  });
  return { busName: entry.EventBusName ?? 'default', event };
}

function failed(ErrorCode: string, ErrorMessage: string): RefusedEntry {
  return { ErrorCode, ErrorMessage };
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function checkSize(entries: readonly PutEventsRequestEntry[]) {
  if (entries.length === 0 || entries.length > mostEntries) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${mostEntries}, inclusive`,
    );
  }
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > mostBytes)
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
}

/** As AWS counts: 14 bytes for a time, and the texts in UTF-8. */
function sizeOf({ Time, Source, DetailType, Detail, Resources = [] }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return bytes + (Time === undefined ? 0 : 14);
}
