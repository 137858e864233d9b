import { quoted } from '#domain/settings/settings-fault.ts';
import type { Report } from './world-fault.ts';

/** What a value must be, as a test and in words. */
export interface Rule {
  readonly holds: (value: unknown) => boolean;
  readonly expected: string;
  /** Says where inside of the value it goes wrong, when it is not a plain one. */
  readonly explain?: (value: unknown, path: readonly PropertyKey[], report: Report) => void;
  readonly optional?: boolean;
}

/** An object of known keys. The test is cheap, since a world may have a million of them; the explanation is not. */
export interface Shape<T> {
  readonly fits: (value: unknown) => value is T;
  readonly explain: (value: unknown, path: readonly PropertyKey[], report: Report) => void;
}

export function createShape<T>(rules: { readonly [K in keyof T]-?: Rule }): Shape<T> {
  const named: readonly (readonly [string, Rule])[] = Object.entries(rules);
  const keys = named.map(([key]) => key);

  function fits(value: unknown): value is T {
    if (!isRecord(value)) return false;
    let known = 0;
    for (const [key, { holds, optional }] of named) {
      const item = value[key];
      if (item !== undefined) known += 1;
      if (item === undefined ? !optional : !holds(item)) return false;
    }
    return Object.keys(value).length === known;
  }

  function explain(value: unknown, path: readonly PropertyKey[], report: Report) {
    if (!isRecord(value)) return report(path, inWords(value), `an object with the keys ${keys.join(', ')}`);
    for (const key of Object.keys(value)) {
      if (!keys.includes(key)) report([...path, key], 'an unknown key', `one of ${keys.join(', ')}`);
    }
    for (const [key, rule] of named) explainKey(value[key], rule, [...path, key], report);
  }

  return { fits, explain };
}

function explainKey(value: unknown, rule: Rule, path: readonly PropertyKey[], report: Report) {
  if (value === undefined ? rule.optional : rule.holds(value)) return;
  if (value !== undefined && rule.explain) rule.explain(value, path, report);
  else report(path, inWords(value), rule.expected);
}

/** The items of a list that fit; the others are reported. */
export function listOf<T>(
  value: unknown,
  shape: Shape<T>,
  path: readonly PropertyKey[],
  report: Report,
): readonly T[] {
  if (!Array.isArray(value)) {
    report(path, inWords(value), 'a list');
    return [];
  }
  const items: readonly unknown[] = value;
  if (items.every(shape.fits)) return items;
  return items.filter((item, index): item is T => {
    if (shape.fits(item)) return true;
    shape.explain(item, [...path, index], report);
    return false;
  });
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as a message shows it, cut where it would drown the message. */
export function inWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return 'a list';
  return isRecord(value) ? 'an object' : JSON.stringify(value);
}
