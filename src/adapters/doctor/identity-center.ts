import {
  GetUserIdCommand,
  IdentitystoreClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-identitystore';
import {
  ListInstancesCommand,
  paginateListAccountAssignmentsForPrincipal,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { Sight } from '#domain/doctor/diagnosis.ts';
import type { HolderAccess } from '#domain/doctor/holder-access.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { atATime } from './at-a-time.ts';
import { look } from './look.ts';

const holdersAtATime = 4;

/** Where people of the organization log in, and how it is reached. */
export interface IdentityCenterDoor {
  readonly access: AwsAccess;
  readonly region: string;
  readonly instanceArn: string;
  readonly storeId: string;
}

/** Looks for Identity Center in each region, since it lives in one that nobody has told us. One call each. */
export async function findIdentityCenter(
  access: AwsAccess,
  regions: readonly string[],
): Promise<Sight<IdentityCenterDoor>> {
  let last: Sight<IdentityCenterDoor> = {
    unseen: `IAM Identity Center is not seen in ${regions.join(', ')}`,
  };
  for (const region of regions) {
    const sight = await look(async () => {
      const { Instances = [] } = await new SSOAdminClient(clientConfig(access, region)).send(
        new ListInstancesCommand({}),
      );
      return Instances[0];
    });
    if ('unseen' in sight) last = sight;
    else if (sight.seen) {
      const { InstanceArn: instanceArn = '', IdentityStoreId: storeId = '' } = sight.seen;
      return { seen: { access, region, instanceArn, storeId } };
    }
  }
  return last;
}

/** Whether each holder may log in to their account, by groups too. Two calls each. */
export async function readHolderAccess(
  door: IdentityCenterDoor,
  holders: readonly { readonly account: string; readonly holder: string }[],
): Promise<readonly HolderAccess[]> {
  return atATime(holdersAtATime, holders, async ({ account, holder }) => ({
    account,
    holder,
    access: await look(async () => {
      const person = await findPerson(door, holder);
      if (person === undefined) return 'unknown person';
      return (await isAssigned(door, person, account)) ? 'assigned' : 'not assigned';
    }),
  }));
}

async function findPerson(
  { access, region, storeId }: IdentityCenterDoor,
  email: string,
): Promise<string | undefined> {
  const client = new IdentitystoreClient(clientConfig(access, region));
  const UniqueAttribute = { AttributePath: 'emails.value', AttributeValue: email };
  const command = new GetUserIdCommand({
    IdentityStoreId: storeId,
    AlternateIdentifier: { UniqueAttribute },
  });
  try {
    return (await client.send(command)).UserId;
  } catch (fault) {
    if (fault instanceof ResourceNotFoundException) return undefined;
    throw fault;
  }
}

async function isAssigned(
  { access, region, instanceArn }: IdentityCenterDoor,
  person: string,
  account: string,
): Promise<boolean> {
  const client = new SSOAdminClient(clientConfig(access, region));
  const pages = paginateListAccountAssignmentsForPrincipal(
    { client },
    { InstanceArn: instanceArn, PrincipalId: person, PrincipalType: 'USER', Filter: { AccountId: account } },
  );
  for await (const { AccountAssignments = [] } of pages) if (AccountAssignments.length > 0) return true;
  return false;
}
