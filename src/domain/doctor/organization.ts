import type { AutomationSettings } from '#domain/settings/settings.ts';
import { diagnose, finding, notLookedAt, ok, type Diagnosis, type Sight } from './diagnosis.ts';
import { countOf } from './wording.ts';

export interface OrganizationSight {
  readonly description: Sight<{ readonly id: string; readonly managementAccount: string }>;
  /** How many accounts the organization has, those that are closed included. */
  readonly accounts: Sight<number>;
}

/** The organization answers, its accounts can be listed, and its management account is the one of the settings. */
export function organizationAnswers(
  { description, accounts }: OrganizationSight,
  {
    managementAccount,
    managementRoleArn,
  }: Pick<AutomationSettings, 'managementAccount' | 'managementRoleArn'>,
): Diagnosis {
  if ('seen' in description && description.seen.managementAccount !== managementAccount) {
    const found = `the management account of ${description.seen.id} is ${description.seen.managementAccount}, and not ${managementAccount}`;
    return finding(found, `correct automation.role_arn_to_manage_accounts, which is ${managementRoleArn}`);
  }
  if ('unseen' in description && 'unseen' in accounts) return notLookedAt(accounts);
  const name = 'seen' in description ? description.seen.id : 'the organization';
  return diagnose(accounts, (count) => ok(`${name} has ${countOf(count, 'account')}`));
}
