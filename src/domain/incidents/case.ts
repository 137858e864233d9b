import { digest, type Exception } from './exception.ts';

/** What holds the exceptions together that go to one record. */
export interface Case {
  /** Names the case to the service that keeps the record: opened twice under one token, there is still one record. */
  readonly token: string;
  /** Epoch seconds. */
  readonly openedAt: number;
  /** Identifier of the record; undefined until it has been opened. */
  readonly record?: string;
  /** What the record opens with, so that whoever comes first can open it. */
  readonly opening: Exception;
}

/** What happens again within this time goes to the record that is open. */
export const caseLastsInSeconds = 24 * 60 * 60;

export function caseFor(exception: Exception, now: number): Case {
  return { token: digest(exception.label, exception.identity), openedAt: now, opening: exception };
}

/** The exception that opened a case is in its record from the start. */
export const isOpeningOf = ({ token, openedAt }: Case, exception: Exception) =>
  token === caseFor(exception, openedAt).token;
