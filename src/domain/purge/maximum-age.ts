const hoursPerUnit = new Map([
  ['d', 24],
  ['w', 7 * 24],
  ['M', 730],
  ['y', 8760],
  ['Y', 8760],
]);

/** 100 years: the engine can't count more than 292, and stops when asked to. */
const mostHours = 100 * 8760;

/** Reads `5d`, `2w`, `3M`, `1y` or `10Y` into hours (730 a month, 8760 a year); undefined for anything else. */
export function ageInHours(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([dwMyY])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const hours = Number(count) * (hoursPerUnit.get(unit) ?? Number.NaN);
  return hours <= mostHours ? hours : undefined;
}
