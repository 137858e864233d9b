import { askForAccounts } from '#adapters/doctor/functions.ts';
import { trustOfRole } from '#adapters/doctor/identity.ts';
import { lookFrom } from '#adapters/doctor/look.ts';
import { credentialsAtHand } from '#domain/doctor/credentials.ts';
import type { Sight } from '#domain/doctor/diagnosis.ts';
import { managementRoleOpens, type RoleSight } from '#domain/doctor/management-role.ts';
import { organizationAnswers } from '#domain/doctor/organization.ts';
import { functionRolesPath } from '#infrastructure/plan.ts';
import type { Diagnoses, Visit } from './visit.ts';

/** Function that lists accounts through the management role, and changes nothing. */
const witness = 'CheckAccounts';

/** Whether the accounts that have to be looked at can be looked at, by functions and by whoever asks. */
export async function checkAccess(visit: Visit): Promise<Diagnoses> {
  const { settings, credentials, description, organization } = visit;
  const { automation } = settings;
  const role = await lookAtRole(visit);
  const accounts: Sight<number> =
    'seen' in organization ? { seen: organization.seen.accounts.length } : organization;
  return {
    credentials: credentialsAtHand(credentials, automation),
    'management-role': managementRoleOpens(role, roleOfWitness(visit), automation),
    organization: organizationAnswers({ description, accounts }, automation),
  };
}

/** A function is asked only where nobody else can tell: it lists all accounts. */
async function lookAtRole({ settings, central, management, managementRole }: Visit): Promise<RoleSight> {
  const { environment, automation } = settings;
  const attempt = await lookFrom(central, async () =>
    'seen' in managementRole ? ('taken' as const) : { refused: managementRole.unseen },
  );
  const trust = await lookFrom(management, (access) => trustOfRole(access, automation.managementRoleArn));
  const isToldAlready = 'seen' in managementRole || 'seen' in trust;
  const byFunction = isToldAlready
    ? { unseen: 'a function need not be asked' }
    : await lookFrom(central, (access) => askForAccounts(access, `${environment}${witness}`));
  return { attempt, trust, byFunction };
}

/** ARN of the role that the function has, else of the one that a deployment would give it. */
function roleOfWitness({ settings: { environment, automation }, functions }: Visit): string {
  const deployed = 'seen' in functions ? functions.seen : [];
  const name = `${environment}${witness}`;
  const expected = `arn:aws:iam::${automation.accountId}:role${functionRolesPath({ environment })}${name}`;
  return deployed.find((one) => one.name === name)?.roleArn ?? expected;
}
