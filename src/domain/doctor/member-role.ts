import type { AutomationSettings } from '#domain/settings/settings.ts';
import { finding, notLookedAt, ok, type Diagnosis } from './diagnosis.ts';
import { countOf, listOf } from './wording.ts';

/** What came of taking the member role in one account. */
export interface Visit {
  readonly account: string;
  /** Undefined where the role was taken. */
  readonly refused?: string;
}

export interface Visits {
  /** Whether a refusal would also meet functions; or only those who are not they. */
  readonly isConclusive: boolean;
  readonly visits: readonly Visit[];
}

type Parts = Pick<AutomationSettings, 'memberRoleName' | 'managementAccount' | 'managementRoleArn'>;

/** The member role can be taken in the accounts of the sample, so that they can be prepared and purged. */
export function memberRoleOpens(
  { isConclusive, visits }: Visits,
  { memberRoleName, managementAccount, managementRoleArn }: Parts,
): Diagnosis {
  const refused = visits.filter((visit) => visit.refused !== undefined);
  const accounts = countOf(visits.length, 'account');
  if (visits.length === 0) return ok('there is no active managed account to look into');
  if (refused.length === 0) return ok(`${memberRoleName} can be taken in ${accounts}`);
  const where = `${memberRoleName} cannot be taken in ${listOf(refused.map(({ account }) => account))}`;
  if (!isConclusive) {
    const reason = 'with these credentials, as it may be meant to when it trusts the management role only';
    return notLookedAt({ unseen: `${where} ${reason}` });
  }
  return finding(
    where,
    `see that the role is there and trusts ${managementRoleArn}: enrol the accounts in Control Tower, or run npx spa deploy with credentials of account ${managementAccount}`,
  );
}
