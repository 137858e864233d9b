import type { Passage } from '../lifecycle.ts';
import { finding, ok, type Diagnosis } from './diagnosis.ts';
import { countOf, listOf } from './wording.ts';

/** No account has been given up after its last try: its holder would wait until a person looks. */
export function nobodyWaitsForPeople(passages: readonly Passage[]): Diagnosis {
  const givenUp = passages.filter(({ status }) => status === 'given up').map(({ account }) => account);
  if (givenUp.length === 0) return ok('no account waits for a person');
  const found = `${countOf(givenUp.length, 'account')} waiting for a person: ${listOf(givenUp)}`;
  return finding(found, 'run npx spa accounts list, which tells why, and what to do');
}
