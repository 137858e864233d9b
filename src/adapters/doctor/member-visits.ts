import type { AccountId } from '#domain/account.ts';
import type { Visit } from '#domain/doctor/member-role.ts';
import type { AwsAccess } from '../aws/access.ts';
import { createSessions, RoleNotAssumable } from '../aws/sessions.ts';
import { atATime } from './at-a-time.ts';
import { reasonOf } from './look.ts';

const visitsAtATime = 8;

/** What came of a visit, with the access that it has given. */
export interface MemberVisit extends Visit {
  readonly account: AccountId;
  readonly access?: AwsAccess;
}

/** Takes the member role in each account, from whatever access may take it. One call each. */
export async function visitMembers(
  from: AwsAccess,
  memberRoleName: string,
  accounts: readonly AccountId[],
): Promise<readonly MemberVisit[]> {
  return atATime(visitsAtATime, accounts, async (account) => {
    // Taken directly: what stands for the management role is the access itself.
    const role = `arn:aws:iam::${account}:role/${memberRoleName}`;
    try {
      return {
        account,
        access: await createSessions(from, { managementRoleArn: role, memberRoleName }).management(),
      };
    } catch (fault) {
      if (!(fault instanceof RoleNotAssumable)) throw fault;
      return { account, refused: reasonOf(fault) };
    }
  });
}
