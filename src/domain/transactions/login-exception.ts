import type { Account } from '#domain/account.ts';

/** A login, as far as it may be one that nobody should make. */
export interface JudgedLogin {
  readonly kind: 'role' | 'federated' | 'user' | 'root';
  readonly identity: string;
  readonly identifier: string;
  readonly at: Date;
  readonly from: string | undefined;
  readonly secondFactor: string | undefined;
}

/** People come through roles. The root of an account, and IAM users, have credentials that stay: undefined for others. */
export function loginException(login: JudgedLogin, { id, name }: Account) {
  const label = `${name} (${id})`;
  switch (login.kind) {
    case 'role':
    case 'federated':
      return undefined;
    case 'root':
      return exception('ConsoleLoginWithRootException', `${label} with account root credentials`);
    case 'user':
      return exception(
        'ConsoleLoginWithIamUserException',
        `${label} with IAM user ${login.identity} credentials`,
      );
  }

  function exception<Label extends string>(kind: Label, rest: string) {
    const payload = {
      account: id,
      title: `Console login on account ${rest}`,
      message: messageOf(login, label),
      identifier: `${kind}-${id}-${login.identifier}`,
    };
    return { label: kind, payload } as const;
  }
}

function messageOf({ at, from, secondFactor }: JudgedLogin, label: string): string {
  const facts = [
    `at ${at.toISOString().slice(0, 19)}Z`,
    ...(from ? [`from ${from}`] : []),
    ...(secondFactor ? [`second factor: ${secondFactor.toLowerCase()}`] : []),
  ];
  return `Check unexpected activity on account ${label}.\n\nThe login was made ${facts.join(', ')}.`;
}
