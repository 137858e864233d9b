/** What a service takes as the value of a tag. */
export interface TagRules {
  /** Characters that it does not take; global. */
  readonly forbidden: RegExp;
  readonly mostCharacters: number;
}

/** Names may hold what tags may not: each such character becomes a hyphen. */
export function tagValue(text: string, { forbidden, mostCharacters }: TagRules): string {
  const value = text.toWellFormed().replaceAll(forbidden, '-').slice(0, mostCharacters);
  // A character that the limit has cut in two is left out.
  return value.isWellFormed() ? value : value.slice(0, -1);
}
