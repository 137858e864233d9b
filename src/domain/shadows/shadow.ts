import { stateTag, type Account, type AccountId } from '#domain/account.ts';

type Texts = Readonly<Record<string, string>>;

/** What is remembered of an account, in the words of the record that people and scripts read. */
export interface Shadow {
  readonly id: AccountId;
  readonly arn: string;
  readonly name: string;
  readonly email: string;
  readonly is_active: boolean;
  readonly tags: Texts;
  /** Identifier of the organizational unit that holds the account; `Root` directly under the root. */
  readonly unit: string;
  readonly unit_name: string;
  /** Label of the last account event, reports of builds excepted. */
  readonly last_state?: string;
  /** When each label of an event, or `ConsoleLogin`, was last seen: UTC, `YYYY-MM-DDTHH:MM:SS`. */
  readonly stamps: Texts;
  readonly last_preparation_log?: string;
  readonly last_purge_log?: string;
  readonly identity_of_last_console_login?: string;
}

export const loginStamp = 'ConsoleLogin';
export const rootUnit = 'Root';

/** UTC, to the second, without a zone. */
export const stampAt = (time: Date): string => time.toISOString().slice(0, 19);

/** The shadow that an account casts now; what is on record of its past stays. */
export function withAttributes(shadow: Shadow | undefined, account: Account, unitName: string): Shadow {
  const { id, arn, name, email, isActive, tags, path } = account;
  const unit = path.at(-1) ?? rootUnit;
  const attributes = { id, arn, name, email, is_active: isActive, tags, unit, unit_name: unitName };
  return { stamps: {}, ...shadow, ...attributes };
}

/** The organization knows the account no more, or has closed it. */
export const gone = (shadow: Shadow): Shadow => ({ ...shadow, is_active: false });

/** Whether the shadow says what account this is: logins alone left none of that in earlier releases. */
export const isComplete = (shadow: Shadow | undefined): shadow is Shadow =>
  shadow !== undefined && shadow.arn !== '';

/** A login moves its stamp forward, never back. */
export function afterLogin(shadow: Shadow, login: { readonly at: Date; readonly identity: string }): Shadow {
  const stamp = stampAt(login.at);
  if (stamp < (shadow.stamps[loginStamp] ?? '')) return shadow;
  return {
    ...shadow,
    stamps: { ...shadow.stamps, [loginStamp]: stamp },
    identity_of_last_console_login: login.identity,
  };
}

/** With a state of its own, so that the tags on record need not be read again for it. */
export function withState(shadow: Shadow, state: string, tagPrefix: string): Shadow {
  return { ...shadow, tags: { ...shadow.tags, [stateTag(tagPrefix)]: state } };
}
