import type { Account } from '#domain/account.ts';
import type { Exception, Impact } from './exception.ts';

/** What a record of an incident opens with, wherever it is kept. */
export interface Incident {
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly impact: Impact;
  readonly tags: Readonly<Record<string, string>>;
}

/** `account` is undefined when the exception concerns none, or one that the organization does not know. */
export function incidentFrom(exception: Exception, account: Account | undefined, costTag: string): Incident {
  const { title, impact } = exception;
  return { title, summary: summaryOf(exception), impact, tags: tagsOf(exception, account, costTag) };
}

export const summaryOf = ({ title, message }: Pick<Exception, 'title' | 'message'>) =>
  `# ${title}\n\n${message}`;

function tagsOf(
  { label, account: id }: Exception,
  account: Account | undefined,
  costTag: string,
): Readonly<Record<string, string>> {
  const number = id === undefined ? {} : { account: id };
  if (!account) return { exception: label, ...number };
  return {
    exception: label,
    ...number,
    'account-email': account.email,
    'account-name': account.name,
    'cost-center': account.tags[costTag] || 'NoCostTag',
    'organizational-unit': account.path.at(-1) ?? 'Root',
  };
}
