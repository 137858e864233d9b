import type {
  CreateOpsItemCommandInput,
  DescribeOpsItemsCommandInput,
  GetOpsItemCommandInput,
  UpdateOpsItemCommandInput,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Access, Call } from '../../service.ts';
import { compileOpsItemFilters } from './ops-item-filters.ts';
import { checkOpsItem, invalidParameter } from './ops-item-input.ts';
import { dedupStringIn, describeOpsItem, opsItemArn, summaryOf, type StoredOpsItem } from './ops-item.ts';
import { checkedSize, invalidToken, violation } from './refusals.ts';
import type { SsmPart } from './ssm-part.ts';
import { checkedTags } from './tagging.ts';

const mostOnAPage = 50;
const statuses = ['Open', 'InProgress', 'Resolved'] as const;

/** The items of an account in a region; `latest` by the text that no two of them share that are not resolved. */
interface Home {
  readonly items: Map<string, StoredOpsItem>;
  readonly latest: Map<string, string>;
}

interface Named {
  readonly OpsItemId?: string | undefined;
}

/** Systems Manager OpsCenter: what people have to look after, by account and region. */
export function createOpsItems(platform: Platform): SsmPart {
  const homes = new Map<string, Home>();

  function homeOf({ account, region }: Pick<Call, 'account' | 'region'>): Home {
    const key = `${account} ${region}`;
    const home = homes.get(key) ?? { items: new Map(), latest: new Map() };
    homes.set(key, home);
    return home;
  }

  const itemsOf = (call: Call) => homeOf(call).items;

  function put(item: StoredOpsItem, call: Call) {
    const { items, latest } = homeOf(call);
    items.set(item.id, item);
    const text = dedupStringIn(item.data);
    if (text !== undefined) latest.set(text, item.id);
  }

  function get(id: string | undefined, call: Call): StoredOpsItem {
    if (!/^oi-[0-9a-f]{12}$/.test(id ?? ''))
      throw violation('opsItemId', id, 'satisfy regular expression pattern: ^(oi)-[0-9a-f]{12}$');
    const item = itemsOf(call).get(id ?? '');
    if (!item) throw new AwsError('OpsItemNotFoundException', `OpsItem ID ${id} was not found.`);
    return item;
  }

  function createOpsItem(input: CreateOpsItemCommandInput, call: Call) {
    const { Title: title, Description: description, Source: source, Tags = [] } = input;
    for (const [member, value] of Object.entries({ title, description, source }))
      if (value === undefined) throw violation(member, undefined, 'not be null');
    checkOpsItem('CreateOpsItem', input);
    const id = `oi-${platform.nextId().replaceAll('-', '').slice(0, 12)}`;
    const tags = checkedTags(new Map(), Tags);
    if (tags.size > 0) authorizeTags(call, id);
    const data = { ...input.OperationalData };
    refuseDouble(homeOf(call), dedupStringIn(data));
    const now = new Date(platform.clock.now());
    const item: StoredOpsItem = {
      id,
      title: title ?? '',
      description: description ?? '',
      source: source ?? '',
      status: 'Open',
      priority: input.Priority,
      severity: input.Severity,
      category: input.Category,
      data,
      related: (input.RelatedOpsItems ?? []).map(({ OpsItemId = '' }) => OpsItemId),
      createdAt: now,
      createdBy: call.caller.arn,
      modifiedAt: now,
      modifiedBy: call.caller.arn,
      version: 1,
      tags,
    };
    put(item, call);
    return { OpsItemId: id, OpsItemArn: opsItemArn(call, id) };
  }

  /** Tags that come with a new item need the permission to tag one. */
  function authorizeTags(call: Call, id: string) {
    const resource = opsItemArn(call, id);
    platform.identity.authorize(call.caller, { action: 'ssm:AddTagsToResource', resource });
  }

  function updateOpsItem(input: UpdateOpsItemCommandInput, call: Call) {
    const item = get(input.OpsItemId, call);
    checkOpsItem('UpdateOpsItem', input);
    const kept = Object.entries({ ...item.data, ...input.OperationalData }).filter(
      ([key]) => !input.OperationalDataToDelete?.includes(key),
    );
    const updated: StoredOpsItem = {
      ...item,
      title: input.Title ?? item.title,
      description: input.Description ?? item.description,
      status: statusOf(input.Status) ?? item.status,
      priority: input.Priority ?? item.priority,
      severity: input.Severity ?? item.severity,
      category: input.Category ?? item.category,
      data: Object.fromEntries(kept),
      related: input.RelatedOpsItems?.map(({ OpsItemId = '' }) => OpsItemId) ?? item.related,
      modifiedAt: new Date(platform.clock.now()),
      modifiedBy: call.caller.arn,
      version: item.version + 1,
    };
    put(updated, call);
    return {};
  }

  function describeOpsItems(input: DescribeOpsItemsCommandInput, call: Call) {
    const passes = compileOpsItemFilters(input.OpsItemFilters ?? []);
    const found = [...itemsOf(call).values()].filter(passes).toReversed();
    const size = checkedSize(input.MaxResults, mostOnAPage);
    const page = pageOf(found, input.NextToken || undefined, size, invalidToken());
    return { OpsItemSummaries: page.items.map(summaryOf), NextToken: page.next };
  }

  const onItem = ({ OpsItemId = '' }: Named, call: Call): Access => ({
    resource: opsItemArn(call, OpsItemId),
  });

  return {
    operations: {
      CreateOpsItem: createOpsItem,
      UpdateOpsItem: updateOpsItem,
      GetOpsItem: ({ OpsItemId }: GetOpsItemCommandInput, call: Call) => ({
        OpsItem: describeOpsItem(get(OpsItemId, call), call),
      }),
      DescribeOpsItems: describeOpsItems,
    },
    access: { UpdateOpsItem: onItem, GetOpsItem: onItem },
    taggable: {
      OpsItem: {
        arnOf: (id, call) => opsItemArn(call, id),
        tagsOf: (id, call) => itemsOf(call).get(id)?.tags,
      },
    },
  };
}

function statusOf(given: string | undefined): StoredOpsItem['status'] | undefined {
  const status = statuses.find((known) => known === given);
  if (given !== undefined && !status)
    throw invalidParameter('Status', `An issue cannot have the status ${given}.`);
  return status;
}

/** While an item is not resolved, no other is made with its text. */
function refuseDouble({ items, latest }: Home, dedupString: string | undefined): void {
  const former = dedupString === undefined ? undefined : items.get(latest.get(dedupString) ?? '');
  if (!former || former.status === 'Resolved') return;
  const message = `An OpsItem with the same deduplication string already exists: ${former.id}`;
  throw new AwsError('OpsItemAlreadyExistsException', message, 400, { OpsItemId: former.id });
}
