import type {
  CreateTimelineEventCommandInput,
  ListRelatedItemsCommandInput,
  ListTagsForResourceCommandInput,
  ListTimelineEventsCommandInput,
  RelatedItem,
  TagResourceCommandInput,
  UntagResourceCommandInput,
  UpdateRelatedItemsCommandInput,
} from '@aws-sdk/client-ssm-incidents';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { checkLength, invalid, refuseMembers } from './incident-refusals.ts';
import type { IncidentStore } from './incident-store.ts';

const most = { relatedItems: 100, url: 1000, itemTitle: 200, event: 12_000, tags: 50, page: 100 } as const;
const allowed = /^[A-Za-z0-9 _=@:.+\-/,]*$/;
const itemTypes = new Set([
  'ANALYSIS',
  'INCIDENT',
  'METRIC',
  'PARENT',
  'ATTACHMENT',
  'OTHER',
  'AUTOMATION',
  'INVOLVED_RESOURCE',
  'TASK',
]);

/** What goes with a record: related items, events of its timeline, tags. */
export function relatedOperations(
  { clock, nextId }: Pick<Platform, 'clock' | 'nextId'>,
  store: IncidentStore,
) {
  function related(item: RelatedItem): RelatedItem {
    const type = item.identifier?.type ?? '';
    if (!itemTypes.has(type)) throw invalid(`The type of a related item is invalid: ${type}`);
    checkLength('url', item.identifier?.value?.url, most.url);
    checkLength('title', item.title, most.itemTitle);
    const generatedId = `related-item/${type}/${nextId().replaceAll('-', '').toUpperCase()}`;
    return { ...item, generatedId };
  }

  const pageFor = <T>(
    all: readonly T[],
    input: { maxResults?: number | undefined; nextToken?: string | undefined },
  ) =>
    pageOf(
      all,
      input.nextToken || undefined,
      Math.min(input.maxResults ?? most.page, most.page),
      invalid('The token is not valid'),
    );

  return {
    UpdateRelatedItems(input: UpdateRelatedItemsCommandInput, call: Call) {
      const { itemToAdd, itemToRemove } = input.relatedItemsUpdate ?? {};
      store.once(call, input.clientToken, () => {
        const incident = store.get(call, input.incidentRecordArn);
        const removed = JSON.stringify(itemToRemove);
        const kept = incident.related.filter(({ identifier }) => JSON.stringify(identifier) !== removed);
        const all = itemToAdd ? [...kept, related(itemToAdd)] : kept;
        if (all.length > most.relatedItems) throw invalid('An incident has 100 related items at most');
        store.put(call.account, { ...incident, related: all });
      });
    },
    ListRelatedItems(input: ListRelatedItemsCommandInput, call: Call) {
      const page = pageFor(store.get(call, input.incidentRecordArn).related, input);
      return { relatedItems: page.items, nextToken: page.next };
    },
    CreateTimelineEvent(input: CreateTimelineEventCommandInput, call: Call) {
      refuseMembers({ eventReferences: input.eventReferences });
      checkLength('eventData', input.eventData, most.event);
      const eventId = store.once(call, input.clientToken, () => {
        const incident = store.get(call, input.incidentRecordArn);
        const id = nextId();
        const entry = {
          id,
          type: input.eventType ?? '',
          data: input.eventData ?? '',
          at: new Date(Number(input.eventTime) * 1000),
          updatedAt: new Date(clock.now()),
        };
        store.put(call.account, { ...incident, timeline: [...incident.timeline, entry] });
        return id;
      });
      return { eventId, incidentRecordArn: input.incidentRecordArn };
    },
    ListTimelineEvents(input: ListTimelineEventsCommandInput, call: Call) {
      refuseMembers({ filters: input.filters?.length ? input.filters : undefined });
      const { arn, timeline } = store.get(call, input.incidentRecordArn);
      const sorted = timeline.toSorted((a, b) => a.at.getTime() - b.at.getTime());
      const page = pageFor(input.sortOrder === 'ASCENDING' ? sorted : sorted.toReversed(), input);
      const eventSummaries = page.items.map(({ id, type, at, updatedAt }) => ({
        eventId: id,
        eventType: type,
        eventTime: at,
        eventUpdatedTime: updatedAt,
        incidentRecordArn: arn,
      }));
      return { eventSummaries, nextToken: page.next };
    },
    GetTimelineEvent(
      { eventId, incidentRecordArn }: { eventId?: string; incidentRecordArn?: string },
      call: Call,
    ) {
      const { arn, timeline } = store.get(call, incidentRecordArn);
      const found = timeline.find(({ id }) => id === eventId);
      if (!found) throw invalid(`There is no timeline event ${eventId}`);
      const { id, type, data, at, updatedAt } = found;
      const event = {
        eventId: id,
        eventType: type,
        eventData: data,
        eventTime: at,
        eventUpdatedTime: updatedAt,
      };
      return { event: { ...event, incidentRecordArn: arn } };
    },
    TagResource({ resourceArn, tags = {} }: TagResourceCommandInput, call: Call) {
      const incident = store.get(call, resourceArn);
      for (const [key, value] of Object.entries(tags)) checkTag(key, value);
      const all = new Map([...incident.tags, ...Object.entries(tags)]);
      if (all.size > most.tags) throw new AwsError('ServiceQuotaExceededException', 'Too many tags', 402);
      store.put(call.account, { ...incident, tags: all });
    },
    UntagResource({ resourceArn }: UntagResourceCommandInput, call: Call) {
      const incident = store.get(call, resourceArn);
      const gone = new Set(call.http.query.getAll('tagKeys'));
      store.put(call.account, {
        ...incident,
        tags: new Map([...incident.tags].filter(([key]) => !gone.has(key))),
      });
    },
    ListTagsForResource({ resourceArn }: ListTagsForResourceCommandInput, call: Call) {
      return { tags: Object.fromEntries(store.get(call, resourceArn).tags) };
    },
  };
}

function checkTag(key: string, value: string) {
  const isSound = key.length >= 1 && key.length <= 128 && !key.startsWith('aws:') && allowed.test(key);
  if (!isSound || value.length > 256 || !allowed.test(value)) throw invalid(`The tag ${key} is not valid`);
}
