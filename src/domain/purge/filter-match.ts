import type { EngineFilter, FilterType } from './engine-configuration.ts';
import { engineDate, goDuration } from './engine-dates.ts';

/** The engine gives up the whole run, nothing deleted: on a date, a duration or a pattern that it can't read. */
export class EngineAborts extends Error {
  override readonly name = 'EngineAborts';
}

const pieceOfGlob = (piece: string) => {
  if (piece === '**') return '.*';
  if (piece === '*') return '[^/]*';
  return piece === '?' ? '[^/]' : piece.replace(/[\\^$.+()[\]{}|]/g, String.raw`\$&`);
};

/** Wildcards of the engine stop at `/`; `**` does not. */
const glob = (pattern: string) =>
  new RegExp(`^${(pattern.match(/\*\*|[\s\S]/g) ?? []).map(pieceOfGlob).join('')}$`, 's');

function regex(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (cause) {
    throw new EngineAborts(`The engine can't read the pattern ${JSON.stringify(pattern)}`, { cause });
  }
}

/** How long after `now` the date stands, in milliseconds, once the duration is counted: from the date, or from now. */
function lead(
  date: string,
  duration: string,
  now: number,
): { readonly fromDate: number; readonly fromNow: number } {
  const instant = engineDate(date);
  const length = goDuration(duration);
  if (length === undefined)
    throw new EngineAborts(`The engine can't read the duration ${JSON.stringify(duration)}`);
  if (instant === undefined) throw new EngineAborts(`The engine can't read the date ${JSON.stringify(date)}`);
  return { fromDate: instant + length - now, fromNow: instant - (now + length) };
}

type Comparison = (found: string, filter: EngineFilter, now: number) => boolean;

const comparisons: Readonly<Record<FilterType, Comparison>> = {
  exact: (found, { value = '' }) => found === value,
  contains: (found, { value = '' }) => found.includes(value),
  glob: (found, { value = '' }) => glob(value).test(found),
  regex: (found, { value = '' }) => regex(value).test(found),
  prefix: (found, { value = '' }) => found.startsWith(value),
  suffix: (found, { value = '' }) => found.endsWith(value),
  In: (found, { values = [] }) => values.includes(found),
  NotIn: (found, { values = [] }) => !values.includes(found),
  dateOlderThan: (found, { value = '' }, now) => found !== '' && lead(found, value, now).fromDate > 0,
  dateOlderThanNow: (found, { value = '' }, now) => found !== '' && lead(found, value, now).fromNow < 0,
};

/**
 * Whether a filter keeps a resource whose property reads `found` (empty when it has none), as the engine decides it.
 * `now` in milliseconds since the epoch. Throws EngineAborts.
 */
export const keeps = (filter: EngineFilter, found: string, now: number): boolean =>
  comparisons[filter.type ?? 'exact'](found, filter, now) !== (filter.invert ?? false);
