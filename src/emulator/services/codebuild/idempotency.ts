import { invalidInput } from './refusals.ts';

/** Answers a repeated request with the build that its first copy started, for as long as its token is good. */
export interface Idempotency {
  /** Build that this token has started. Throws InvalidInputException when the request was another one. */
  recall(token: string | undefined, request: object): string | undefined;
  remember(token: string | undefined, request: object, build: string): void;
}

/** AWS forgets a token after this long. */
export const tokenLifeInMinutes = 5;

interface Remembered {
  readonly fingerprint: string;
  readonly build: string;
  readonly until: number;
}

export function createIdempotency(now: () => number): Idempotency {
  const tokens = new Map<string, Remembered>();

  function forgetOld() {
    for (const [token, { until }] of tokens) {
      if (until > now()) return;
      tokens.delete(token);
    }
  }

  return {
    recall(token, request) {
      forgetOld();
      const remembered = token === undefined ? undefined : tokens.get(token);
      if (remembered && remembered.fingerprint !== fingerprint(request)) {
        throw invalidInput(
          'Parameter mismatch: the idempotency token was used with other parameters within the last 5 minutes',
        );
      }
      return remembered?.build;
    },
    remember(token, request, build) {
      if (token === undefined) return;
      const until = now() + tokenLifeInMinutes * 60_000;
      tokens.set(token, { fingerprint: fingerprint(request), build, until });
    },
  };
}

/** The same text for the same request, in whatever order its members come. */
function fingerprint(request: object): string {
  return JSON.stringify(request, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
