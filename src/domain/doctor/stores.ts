import { finding, ok, type Diagnosis } from './diagnosis.ts';
import { countOf, deployAs, listOf } from './wording.ts';

/** The tables and the bucket in which functions keep things are there. */
export function storesAreThere(
  wanted: readonly string[],
  found: readonly string[],
  automationAccount: string,
): Diagnosis {
  const missing = wanted.filter((name) => !found.includes(name));
  if (missing.length === 0) return ok(`${countOf(wanted.length, 'store')} are there`);
  return finding(
    `${listOf(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`,
    deployAs(automationAccount),
  );
}
