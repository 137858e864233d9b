import { noCostTag } from '#domain/costs/account-of-report.ts';

export const activityHeadings = [
  'Cost Center',
  'Transaction',
  'Stamp',
  'Account',
  'Identifier',
  'Duration',
] as const;

type Recorded = Readonly<Record<string, unknown>>;

/** The cost center that an activity is counted for; none and an empty one are the same. */
export function costCenterIn({ 'cost-center': costCenter }: Recorded): string {
  return typeof costCenter === 'string' && costCenter !== '' ? costCenter : noCostTag;
}

/** What reports say of an activity: what its record lacks is an empty cell. */
export function activityLine(activity: Recorded): readonly (string | number | undefined)[] {
  const { transaction, stamp, account, identifier, duration } = activity;
  return [costCenterIn(activity), ...[transaction, stamp, account, identifier, duration].map(cell)];
}

const cell = (value: unknown): string | number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;
