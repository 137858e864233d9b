const millisecondsPerUnit = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** A number of milliseconds beyond which Go's durations overflow, about 292 years. */
const longestDuration = 2 ** 63 / 1e6;

/** Reads a duration as Go does (`-6570h`, `1h30m`, `0`): no days, weeks or months. Undefined when Go would refuse it. */
export function goDuration(text: string): number | undefined {
  const [, sign, magnitude = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (magnitude === '0') return 0;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h))+$/.test(magnitude)) return undefined;
  const parts = magnitude.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g);
  const total = [...parts].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (millisecondsPerUnit.get(unit ?? '') ?? Number.NaN),
    0,
  );
  return total < longestDuration ? (sign === '-' ? -total : total) : undefined;
}

const shapes = [
  /^\d{4}-\d\d-\d\d$/,
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
] as const;

/** `2026-01-15 10:30:00 +0000 UTC`, as Go prints a time. */
const printedByGo = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d) [A-Z][A-Za-z0-9+-]*$/;

/** JavaScript takes 31 February for a day in March; Go refuses it, and so do we. */
function onRealDay(text: string): number | undefined {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return undefined;
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return new Date(day).toISOString().startsWith(text.slice(0, 10)) ? time : undefined;
}

/** Reads a date as the engine does, into milliseconds since the epoch; undefined for what stops the engine. */
export function engineDate(text: string): number | undefined {
  if (/^[+-]?\d{1,18}$/.test(text)) return Number(text) * 1000;
  const slashed = /^\d{4}\/\d\d\/\d\d$/.test(text) ? text.replaceAll('/', '-') : text;
  if (shapes.some((shape) => shape.test(slashed))) return onRealDay(slashed);
  const [, day, time, hours, minutes] = printedByGo.exec(text) ?? [];
  return day === undefined ? undefined : onRealDay(`${day}T${time}${hours}:${minutes}`);
}
