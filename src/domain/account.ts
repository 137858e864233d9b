declare const accountIdBrand: unique symbol;

/** Number of an AWS account: 12 digits, as text. */
export type AccountId = string & { readonly [accountIdBrand]: true };

export const accountStates = ['vanilla', 'assigned', 'released', 'expired'] as const;

/** Value of the tag `{prefix}state` of an account. No database holds it: whoever edits the tag has moved the account. */
export type AccountState = (typeof accountStates)[number];

/** An account of the organization, with the tags that it bears there. */
export interface Account {
  readonly id: AccountId;
  readonly arn: string;
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
  /** Organizational units from the topmost to the one that holds the account; empty directly under the root. */
  readonly path: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Undefined when the tag is missing, or when it holds none of the states. */
  readonly state: AccountState | undefined;
  /** E-mail address of the person who works in the account. */
  readonly holder: string | undefined;
}

export class InvalidAccountId extends Error {
  override readonly name = 'InvalidAccountId';
  readonly found: unknown;
  constructor(found: unknown) {
    super(`${JSON.stringify(found)} is no account number: write 12 digits, as text`);
    this.found = found;
  }
}

export function isAccountId(value: unknown): value is AccountId {
  return typeof value === 'string' && /^\d{12}$/.test(value);
}

/** Parses the number of an account once, at the edge. Throws InvalidAccountId. */
export function accountId(value: unknown): AccountId {
  if (!isAccountId(value)) throw new InvalidAccountId(value);
  return value;
}

export function isAccountState(value: unknown): value is AccountState {
  return accountStates.some((state) => state === value);
}

export interface AccountAttributes {
  readonly id: AccountId;
  readonly arn: string;
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
  readonly path: readonly string[];
}

/** Reads state and holder off the tags of an account. `prefix` comes from the settings, `account-` unless set. */
export function accountFrom(
  attributes: AccountAttributes,
  tags: Readonly<Record<string, string>>,
  prefix: string,
): Account {
  const state = tags[stateTag(prefix)];
  return {
    ...attributes,
    tags,
    state: isAccountState(state) ? state : undefined,
    holder: tags[holderTag(prefix)],
  };
}

export const stateTag = (prefix: string) => `${prefix}state`;
export const holderTag = (prefix: string) => `${prefix}holder`;
