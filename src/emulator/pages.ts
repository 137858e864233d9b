import { AwsError } from './aws-error.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** One page of a list, as small as AWS's, with an opaque token for the next. */
export function pageOf<T>(
  all: readonly T[],
  token: string | undefined,
  size: number,
  invalidToken = new AwsError('InvalidInputException', 'You provided an invalid pagination token.'),
): Page<T> {
  const from = token === undefined ? 0 : positionOf(token);
  if (from === undefined) throw invalidToken;
  const until = from + size;
  return { items: all.slice(from, until), next: until < all.length ? tokenAt(until) : undefined };
}

const tokenAt = (position: number) => Buffer.from(`at:${position}`).toString('base64url');

function positionOf(token: string): number | undefined {
  const match = /^at:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  return match ? Number(match[1]) : undefined;
}
