import type { AccountId } from '#domain/account.ts';
import type { Shadow } from './shadow.ts';

/** The shadow that a record holds, whoever wrote it; members that we do not know stay. */
export function shadowFrom(id: AccountId, record: unknown): Shadow {
  const members: Readonly<Record<string, unknown>> = isMap(record) ? record : {};
  return {
    ...members,
    id,
    arn: textIn(members['arn']),
    name: textIn(members['name']),
    email: textIn(members['email']),
    is_active: members['is_active'] !== false,
    tags: textsIn(members['tags']),
    unit: textIn(members['unit']),
    unit_name: textIn(members['unit_name']),
    stamps: textsIn(members['stamps']),
  };
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function textsIn(value: unknown): Readonly<Record<string, string>> {
  if (!isMap(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
