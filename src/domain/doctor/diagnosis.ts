/**
 * What a check comes to. Only findings are wrong and count for the exit status; hints are for people to weigh; what could
 * not be seen is neither well nor ill.
 */
export type Status = 'ok' | 'hint' | 'finding' | 'unseen';

/** A status, what was found in words, and what to do about it where anything is to be done. */
export interface Diagnosis {
  readonly status: Status;
  readonly found: string;
  readonly remedy?: string;
}

/** What a look at AWS has shown; or why it has shown nothing, and how it could. */
export type Sight<T> = { readonly seen: T } | Unseen;

export interface Unseen {
  readonly unseen: string;
  readonly remedy?: string;
}

/** Why nothing was seen, and what to do about it, for those who cannot go on without. */
export const inALine = ({ unseen, remedy }: Unseen): string => [unseen, remedy ?? []].flat().join(': ');

export const ok = (found: string): Diagnosis => ({ status: 'ok', found });

export const hint = (found: string, remedy: string): Diagnosis => ({ status: 'hint', found, remedy });

export const finding = (found: string, remedy: string): Diagnosis => ({ status: 'finding', found, remedy });

export const notLookedAt = ({ unseen, remedy }: Unseen): Diagnosis => ({
  status: 'unseen',
  found: `not looked at: ${unseen}`,
  ...(remedy === undefined ? {} : { remedy }),
});

/** What a rule says of what was seen, where anything was. */
export const diagnose = <T>(sight: Sight<T>, rule: (seen: T) => Diagnosis): Diagnosis =>
  'seen' in sight ? rule(sight.seen) : notLookedAt(sight);

/** Two things that only make sense together. */
export function both<A, B>(one: Sight<A>, other: Sight<B>): Sight<readonly [A, B]> {
  if ('unseen' in one) return one;
  return 'unseen' in other ? other : { seen: [one.seen, other.seen] };
}
