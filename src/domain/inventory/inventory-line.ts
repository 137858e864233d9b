import { stateTag } from '#domain/account.ts';
import { costCenterOf } from '#domain/activities/cost-center.ts';
import { loginStamp, type Shadow } from '#domain/shadows/shadow.ts';

export const inventoryHeadings = [
  'Cost Center',
  'Cost Owner',
  'Organizational Unit',
  'Account',
  'Name',
  'Email',
  'State',
  'Console Login',
] as const;

const costOwnerTag = 'cost-owner';

/** How accounts call their tags here. */
export interface TagNames {
  readonly tagPrefix: string;
  readonly costTag: string;
}

/** What the inventory says of an account; a tag that is missing gives an empty cell. */
export function inventoryLine(shadow: Shadow, { tagPrefix, costTag }: TagNames): readonly string[] {
  const { id, name, email, tags, unit_name: unit, stamps } = shadow;
  return [
    costCenterOf(tags, costTag),
    tags[costOwnerTag] ?? '',
    unit,
    id,
    name,
    email,
    tags[stateTag(tagPrefix)] ?? '',
    stamps[loginStamp] || '-',
  ];
}
