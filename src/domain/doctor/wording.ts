const mostNamed = 5;

/** `A, B and C`; of many, the first five and how many more. */
export function listOf(names: readonly string[]): string {
  const named = names.slice(0, mostNamed);
  if (names.length > mostNamed) return `${named.join(', ')} and ${amount(names.length - mostNamed)} more`;
  const last = named.at(-1) ?? 'none';
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${last}` : last;
}

/** `1 account`, `10,000 accounts`. */
export const countOf = (count: number, noun: string): string =>
  `${amount(count)} ${noun}${count === 1 ? '' : 's'}`;

const amount = (count: number): string => count.toLocaleString('en-US');

/** What people do when something of a stack is not as it should be. */
export const deployAs = (account: string): string =>
  `run npx spa deploy with credentials of account ${account}`;
