import { createHash } from 'node:crypto';
import { isAccountId, type AccountId } from '#domain/account.ts';
import { onOneLine, shortened, withoutControls } from './plain-text.ts';

/** Something that a person should know of, as an exception event tells it. */
export interface Exception {
  /** Such as `BudgetAlertException`. */
  readonly label: string;
  /** Undefined when it concerns no account, or names none that could be one. */
  readonly account: AccountId | undefined;
  /** One line, never empty. */
  readonly title: string;
  /** Markdown, never empty. */
  readonly message: string;
  readonly impact: Impact;
  /** Two events with one identity tell the same thing. */
  readonly identity: string;
}

/** From 1, critical, to 5, no impact. */
export type Impact = 1 | 2 | 3 | 4 | 5;

const impacts: readonly Impact[] = [1, 2, 3, 4, 5];
const usualImpact: Impact = 4;

/** Characters that are told: an event may hold four times as many bytes, and nothing on the way takes much more. */
const most = { title: 2_000, message: 60_000 } as const;

/** The members of an exception's payload, of whatever type they turn out to be. */
export interface ExceptionMembers {
  readonly account?: unknown;
  readonly title?: unknown;
  readonly message?: unknown;
  readonly impact?: unknown;
  readonly identifier?: unknown;
}

/** Nothing in a payload keeps an exception from being told. `event` names the event that carries it. */
export function exceptionFrom(label: string, members: ExceptionMembers, event: string): Exception {
  const { account, title, message, impact, identifier } = members;
  return {
    label,
    account: isAccountId(account) ? account : undefined,
    title: shortened(onOneLine(textOf(title)), most.title) || '*no title*',
    message: shortened(withoutControls(textOf(message)), most.message) || '*no message*',
    impact: impacts.find((known) => known === impact || String(known) === impact) ?? usualImpact,
    identity: typeof identifier === 'string' && identifier !== '' ? identifier : event,
  };
}

/** Facts of any type are told rather than lost. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The same for exceptions that one record takes together: what happens again to the same account. */
export const kindOf = ({ label, account, title }: Exception) => digest(label, account ?? '-', title);

/** What has been told to people before is not told again, whichever event repeats it. */
export const contentOf = ({ title, message }: Exception) => digest(title, message);

/** Short and without characters that a service may refuse; different texts do not meet. */
export function digest(...texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);
}
