import { isAccountId } from '#domain/account.ts';
import { createShape, type Rule } from './shape.ts';
import { tagsRule } from './tags-rule.ts';
import {
  memberStates,
  type CostLine,
  type WorldAccount,
  type WorldOrganization,
  type WorldResource,
  type WorldUnit,
} from './world.ts';

const text: Rule = { holds: (value) => typeof value === 'string', expected: 'text' };
const someText: Rule = {
  holds: (value) => typeof value === 'string' && value !== '',
  expected: 'text, not empty',
};
const account: Rule = { holds: isAccountId, expected: '12 digits, as text' };
const date: Rule = { holds: isDate, expected: 'a date as YYYY-MM-DD' };
const state: Rule = {
  holds: (value) => memberStates.some((state) => state === value),
  expected: `one of ${memberStates.join(', ')}`,
};
const email = matching(/^[^@]+@[^@]+$/, 'an e-mail address');
const amount = matching(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, 'a decimal number, as text');
const beginningWith = (beginning: string) =>
  matching(new RegExp(`^${beginning}.`), `text beginning with ${beginning}`);

export const organizationShape = createShape<WorldOrganization>({
  id: beginningWith('o-'),
  managementAccount: account,
  root: beginningWith('r-'),
});

export const unitShape = createShape<WorldUnit>({
  id: beginningWith('ou-'),
  name: someText,
  parent: someText,
});

export const accountShape = createShape<WorldAccount>({
  id: account,
  name: someText,
  email,
  unit: someText,
  state,
  tags: tagsRule('written by people'),
});

export const costShape = createShape<CostLine>({
  account,
  date,
  recordType: someText,
  service: text,
  usageType: text,
  amount,
});

/** A resource as it stands in the file: tags may be left out. */
export type WrittenResource = Omit<WorldResource, 'tags'> & Partial<Pick<WorldResource, 'tags'>>;

export const resourceShape = createShape<WrittenResource>({
  account,
  region: someText,
  type: someText,
  id: someText,
  created: { ...text, optional: true },
  tags: { ...tagsRule('also of AWS'), optional: true },
});

function matching(pattern: RegExp, expected: string): Rule {
  return { holds: (value) => typeof value === 'string' && pattern.test(value), expected };
}

const datesSeen = new Set<string>();

/** Bills repeat the same few dates, so that each is examined once. */
function isDate(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (datesSeen.has(value)) return true;
  const sound = /^\d{4}-\d{2}-\d{2}$/.test(value) && isOnCalendar(value);
  if (sound) datesSeen.add(value);
  return sound;
}

function isOnCalendar(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
