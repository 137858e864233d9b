import type { OpsItem, OpsItemDataValue, OpsItemStatus } from '@aws-sdk/client-ssm';
import type { Call } from '../../service.ts';

/** An OpsItem of one account and region. */
export interface StoredOpsItem {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly source: string;
  readonly status: Extract<OpsItemStatus, 'Open' | 'InProgress' | 'Resolved'>;
  readonly priority: number | undefined;
  readonly severity: string | undefined;
  readonly category: string | undefined;
  readonly data: Readonly<Record<string, OpsItemDataValue>>;
  readonly related: readonly string[];
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly modifiedAt: Date;
  readonly modifiedBy: string;
  readonly version: number;
  readonly tags: Map<string, string>;
}

/** Key of the operational data by which doubles are recognized. */
export const dedupKey = '/aws/dedup';

export const opsItemType = '/aws/issue';

export const opsItemArn = ({ region, account }: Pick<Call, 'region' | 'account'>, id: string) =>
  `arn:aws:ssm:${region}:${account}:opsitem/${id}`;

/** The text that no two items share that are not resolved; undefined for an item that has none. */
export function dedupStringIn(data: StoredOpsItem['data']): string | undefined {
  const text = data[dedupKey]?.Value;
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const found =
      typeof value === 'object' && value !== null && 'dedupString' in value ? value.dedupString : text;
    return String(found);
  } catch {
    return text;
  }
}

/** All of an item, as GetOpsItem tells it. */
export function describeOpsItem(item: StoredOpsItem, call: Pick<Call, 'region' | 'account'>): OpsItem {
  return {
    ...summaryOf(item),
    OperationalData: { ...item.data },
    OpsItemArn: opsItemArn(call, item.id),
    Description: item.description,
    Notifications: [],
    RelatedOpsItems: item.related.map((OpsItemId) => ({ OpsItemId })),
    Version: String(item.version),
  };
}

/** What lists tell: of operational data only what may be searched. */
export function summaryOf(item: StoredOpsItem) {
  const { priority, severity, category } = item;
  const searchable = Object.entries(item.data).filter(([, { Type }]) => Type === 'SearchableString');
  return {
    OpsItemId: item.id,
    OpsItemType: opsItemType,
    Title: item.title,
    Source: item.source,
    Status: item.status,
    OperationalData: Object.fromEntries(searchable),
    CreatedBy: item.createdBy,
    CreatedTime: item.createdAt,
    LastModifiedBy: item.modifiedBy,
    LastModifiedTime: item.modifiedAt,
    ...(priority === undefined ? {} : { Priority: priority }),
    ...(severity === undefined ? {} : { Severity: severity }),
    ...(category === undefined ? {} : { Category: category }),
  };
}
