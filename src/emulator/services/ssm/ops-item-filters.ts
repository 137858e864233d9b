import type { OpsItemFilter, OpsItemFilterOperator } from '@aws-sdk/client-ssm';
import { notImplemented } from '../../aws-error.ts';
import { invalidParameter } from './ops-item-input.ts';
import { opsItemType, type StoredOpsItem } from './ops-item.ts';

type Read = (item: StoredOpsItem) => readonly string[];

interface Rule {
  readonly read: Read;
  readonly operators: readonly OpsItemFilterOperator[];
}

const times: readonly OpsItemFilterOperator[] = ['GreaterThan', 'LessThan'];

const searchable = (item: StoredOpsItem) =>
  Object.entries(item.data).filter(([, { Type }]) => Type === 'SearchableString');

/** By key, what it looks at, and how it may be compared. */
const rules: Readonly<Record<string, Rule>> = {
  Status: { read: ({ status }) => [status], operators: ['Equal'] },
  Priority: {
    read: ({ priority }) => (priority === undefined ? [] : [String(priority)]),
    operators: ['Equal'],
  },
  Severity: { read: ({ severity }) => (severity === undefined ? [] : [severity]), operators: ['Equal'] },
  Category: { read: ({ category }) => (category === undefined ? [] : [category]), operators: ['Equal'] },
  Source: { read: ({ source }) => [source], operators: ['Equal', 'Contains'] },
  Title: { read: ({ title }) => [title], operators: ['Equal', 'Contains'] },
  OpsItemId: { read: ({ id }) => [id], operators: ['Equal'] },
  OpsItemType: { read: () => [opsItemType], operators: ['Equal'] },
  CreatedBy: { read: ({ createdBy }) => [createdBy], operators: ['Equal', 'Contains'] },
  CreatedTime: { read: ({ createdAt }) => [createdAt.toISOString()], operators: times },
  LastModifiedTime: { read: ({ modifiedAt }) => [modifiedAt.toISOString()], operators: times },
  OperationalData: {
    read: (item) => searchable(item).map(([key, { Value }]) => JSON.stringify({ key, value: Value })),
    operators: ['Equal'],
  },
  OperationalDataKey: { read: (item) => searchable(item).map(([key]) => key), operators: ['Equal'] },
  OperationalDataValue: {
    read: (item) => searchable(item).map(([, { Value = '' }]) => Value),
    operators: ['Equal', 'Contains'],
  },
};

/** Whether an item passes all filters; each passes for any of its values. Throws OpsItemInvalidParameterException. */
export function compileOpsItemFilters(filters: readonly OpsItemFilter[]): (item: StoredOpsItem) => boolean {
  const tests = filters.map(compile);
  return (item) => tests.every((test) => test(item));
}

function compile({ Key = '' as never, Values = [], Operator }: OpsItemFilter) {
  const rule = Object.hasOwn(rules, Key) ? rules[Key] : undefined;
  if (!rule) throw notImplemented('ssm', `DescribeOpsItems with the filter ${Key}`);
  if (!Operator || !rule.operators.includes(Operator))
    throw invalidParameter('OpsItemFilters', `The filter ${Key} cannot be compared by ${String(Operator)}.`);
  const wanted = Values.map((value) => normalized(Key, value));
  return (item: StoredOpsItem) =>
    rule.read(item).some((found) => wanted.some((value) => holds(Operator, found, value)));
}

/** Times and JSON may be written in many ways. */
function normalized(key: string, value: string): string {
  if (key.endsWith('Time')) {
    const time = Date.parse(value);
    if (Number.isNaN(time)) throw invalidParameter('OpsItemFilters', `${value} is no time.`);
    return new Date(time).toISOString();
  }
  if (key !== 'OperationalData') return value;
  try {
    const { key: name, value: text } = JSON.parse(value) as { key?: unknown; value?: unknown };
    return JSON.stringify({ key: name, value: text });
  } catch {
    throw invalidParameter('OpsItemFilters', `${value} is no JSON with a key and a value.`);
  }
}

function holds(operator: OpsItemFilterOperator, found: string, value: string): boolean {
  switch (operator) {
    case 'Equal':
      return found === value;
    case 'Contains':
      return found.includes(value);
    case 'GreaterThan':
      return found > value;
    case 'LessThan':
      return found < value;
  }
}
