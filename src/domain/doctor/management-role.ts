import type { AutomationSettings } from '#domain/settings/settings.ts';
import { finding, notLookedAt, ok, type Diagnosis, type Sight, type Unseen } from './diagnosis.ts';
import { fits, readPolicy, type Condition } from './policy-reading.ts';
import { countOf, deployAs } from './wording.ts';

/** All ways to learn whether functions may take the management role, each of which may be closed. */
export interface RoleSight {
  /** An attempt to take the role as functions do. Its trust may exclude people, and is meant to. */
  readonly attempt: Sight<'taken' | { readonly refused: string }>;
  /** Whom it trusts, as the management account tells; undefined when there is no such role. */
  readonly trust: Sight<string | undefined>;
  /** What a function that takes the role has answered. */
  readonly byFunction: Sight<FunctionAnswer>;
}

export type FunctionAnswer = { readonly accounts: number } | { readonly fault: string };

type Parts = Pick<AutomationSettings, 'accountId' | 'managementAccount' | 'managementRoleArn'>;

/** Functions may take the role in the management account, without which they see no account at all. */
export function managementRoleOpens(
  { attempt, trust, byFunction }: RoleSight,
  functionRoleArn: string,
  automation: Parts,
): Diagnosis {
  const { managementRoleArn: role, managementAccount, accountId } = automation;
  const remedy = deployAs(managementAccount);
  if ('seen' in attempt && attempt.seen === 'taken') return ok(`${role} can be taken`);
  if ('seen' in trust) {
    if (trust.seen === undefined) return finding(`${role} does not exist`, remedy);
    if (trusts(trust.seen, functionRoleArn, accountId)) return ok(`${role} trusts the functions`);
    return finding(`${role} does not trust the functions of account ${accountId}`, remedy);
  }
  if ('unseen' in attempt) return notLookedAt(attempt);
  if ('unseen' in byFunction) return notLookedAt(closed(role, byFunction, managementAccount));
  if ('accounts' in byFunction.seen) {
    return ok(`functions take ${role}, and see ${countOf(byFunction.seen.accounts, 'managed account')}`);
  }
  return finding(`functions cannot see accounts through ${role}: ${byFunction.seen.fault}`, remedy);
}

const closed = (role: string, { unseen }: Unseen, managementAccount: string): Unseen => ({
  unseen: `${role} lets functions in only, and none can be asked (${unseen})`,
  remedy: `add --with-profile with credentials of management account ${managementAccount}`,
});

/** Whether a trust policy lets a role take another one. Conditions on anything but the caller are taken for unmet. */
export function trusts(policy: string, roleArn: string, account: string): boolean {
  const accepted = new Set(['*', account, `arn:aws:iam::${account}:root`, roleArn]);
  return readPolicy(policy).some(
    ({ effect, actions, principals, conditions }) =>
      effect === 'Allow' &&
      actions.some((action) => fits(action.toLowerCase(), 'sts:assumerole')) &&
      principals.some((principal) => accepted.has(principal)) &&
      conditions.every((condition) => admits(condition, roleArn, account)),
  );
}

function admits({ operator, key, values }: Condition, roleArn: string, account: string): boolean {
  if (key === 'aws:principalorgid') return /^String(Equals|Like)$/.test(operator);
  const asked = key === 'aws:principalarn' ? roleArn : key === 'aws:principalaccount' ? account : undefined;
  if (asked === undefined || !/^(Arn|String)(Equals|Like)$/.test(operator)) return false;
  return values.some((value) => (operator === 'StringEquals' ? value === asked : fits(value, asked)));
}
