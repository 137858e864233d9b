import { holderTag, stateTag, type Account } from './account.ts';
import type { EffectiveSettings } from './settings/effective-settings.ts';

type Tags = Readonly<Record<string, string>>;

/** What to write on an account, and what to remove from it; both empty when it bears the right tags already. */
export interface TagChanges {
  readonly set: Tags;
  readonly unset: readonly string[];
}

/** The tags that the settings want on an account, its holder included: the holder who is there stays. */
export function expectedTags(account: Account, settings: EffectiveSettings, prefix: string): Tags {
  return { [holderTag(prefix)]: account.holder || account.email, ...settings.accountTags };
}

/** Obsolete tags go, unless the settings want them too; the state is never touched here. */
export function tagChanges(account: Account, settings: EffectiveSettings, prefix: string): TagChanges {
  const expected = expectedTags(account, settings, prefix);
  const differing = Object.entries(expected).filter(([key, value]) => account.tags[key] !== value);
  const kept = new Set([...Object.keys(expected), stateTag(prefix)]);
  return {
    set: Object.fromEntries(differing),
    unset: settings.unsetTags.filter((key) => account.tags[key] !== undefined && !kept.has(key)),
  };
}

/** What is wrong with the tags of a managed account, in words for an operator. */
export function tagFindings(
  account: Account,
  settings: EffectiveSettings,
  prefix: string,
): readonly string[] {
  const findings: string[] = [];
  if (!account.holder) findings.push(`no tag '${holderTag(prefix)}'`);
  else if (!isEmailAddress(account.holder)) findings.push(`holder '${account.holder}' is no e-mail address`);
  const state = account.tags[stateTag(prefix)];
  if (state === undefined) findings.push(`no tag '${stateTag(prefix)}'`);
  else if (!account.state) findings.push(`state '${state}' is unknown`);
  for (const [key, value] of Object.entries(settings.accountTags)) {
    const found = account.tags[key];
    if (found === undefined) findings.push(`no tag '${key}', expected '${value}'`);
    else if (found !== value) findings.push(`tag '${key}' is '${found}', expected '${value}'`);
  }
  return findings;
}

/** One `@` with something before and a dotted name after, in time linear to the text. */
export function isEmailAddress(text: string): boolean {
  const [local = '', domain = '', ...more] = text.split('@');
  const labels = domain.split('.');
  return (
    more.length === 0 &&
    /^[^\s"(),:;<>[\\\]]+$/.test(local) &&
    labels.length >= 2 &&
    labels.every((label) => /^[\p{L}\p{N}-]+$/u.test(label))
  );
}
