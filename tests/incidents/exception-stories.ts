import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeOpsItemsCommand,
  GetOpsItemCommand,
  ListTagsForResourceCommand,
  paginateDescribeOpsItems,
} from '@aws-sdk/client-ssm';
import { member } from '#events/shape.ts';
import type { Story } from '#tests/worlds.ts';

/** Puts an event of the system on the bus, as its functions and people do, and waits until nothing moves. */
export async function raise(
  story: Story,
  label: string,
  payload: unknown,
  environment = 'SpaTest',
): Promise<void> {
  await put(story, label, payload, environment);
  await story.settle();
}

export async function put(
  story: Story,
  label: string,
  payload: unknown,
  environment = 'SpaTest',
): Promise<void> {
  const Detail = JSON.stringify({
    ContentType: 'application/json',
    Environment: environment,
    Payload: payload,
  });
  const entry = { Source: 'SustainablePersonalAccounts', DetailType: label, Detail };
  await story.clients().events.send(new PutEventsCommand({ Entries: [entry] }));
}

/** A record as people find it in OpsCenter. */
export interface Found {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly priority: number | undefined;
  readonly severity: string | undefined;
  readonly data: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** All records in OpsCenter, the oldest first. */
export async function records(story: Story): Promise<readonly Found[]> {
  const { ssm } = story.clients();
  const { OpsItemSummaries = [] } = await ssm.send(new DescribeOpsItemsCommand({}));
  const found = OpsItemSummaries.toReversed().map(async ({ OpsItemId = '' }): Promise<Found> => {
    const { OpsItem } = await ssm.send(new GetOpsItemCommand({ OpsItemId }));
    const target = { ResourceType: 'OpsItem', ResourceId: OpsItemId } as const;
    const { TagList = [] } = await ssm.send(new ListTagsForResourceCommand(target));
    return {
      id: OpsItemId,
      title: OpsItem?.Title ?? '',
      description: OpsItem?.Description ?? '',
      priority: OpsItem?.Priority,
      severity: OpsItem?.Severity,
      data: Object.fromEntries(
        Object.entries(OpsItem?.OperationalData ?? {}).map(([key, { Value = '' }]) => [key, Value]),
      ),
      tags: Object.fromEntries(TagList.map(({ Key = '', Value = '' }) => [Key, Value])),
    };
  });
  return Promise.all(found);
}

export async function numberOfRecords(story: Story): Promise<number> {
  let found = 0;
  for await (const { OpsItemSummaries = [] } of paginateDescribeOpsItems({ client: story.clients().ssm }, {}))
    found += OpsItemSummaries.length;
  return found;
}

/** What the channel in Teams was asked to say. */
export function said({ told }: Story): readonly { readonly Subject?: string; readonly Message?: string }[] {
  return told
    .filter(({ label }) => label === 'MessageToMicrosoftTeams')
    .map(({ detail }) => member(detail, 'Payload') as { Subject?: string; Message?: string });
}

/** How many exceptions were counted, by label. */
export function metricCounts({ log }: Story): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const line of log) {
    const label = line['Label'];
    if (line['ExceptionsByLabel'] === 1 && typeof label === 'string')
      counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}
