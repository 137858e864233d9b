import { createHash } from 'node:crypto';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  EntityAlreadyExistsException,
  GetRoleCommand,
  type IAMClient,
  NoSuchEntityException,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { origin, type Role } from '#domain/equipment.ts';

/** Tag that tells from which description a role was made, so that one read shows whether anything has changed. */
const fingerprintKey = 'fingerprint';

/** Makes roles as described, and brings those up to date that were made from another description. */
export async function equipRoles(iam: IAMClient, roles: readonly Role[], thoroughly: boolean): Promise<void> {
  await Promise.all(roles.map((role) => equipRole(iam, role, thoroughly)));
}

async function equipRole(iam: IAMClient, role: Role, thoroughly: boolean): Promise<void> {
  const fingerprint = createHash('sha256').update(JSON.stringify(role)).digest('hex').slice(0, 16);
  const found = await fingerprintOf(iam, role.name);
  if (found.exists && found.fingerprint === fingerprint && !thoroughly) return;
  if (!found.exists) await createRole(iam, role);
  await bringUpToDate(iam, role);
  // Last of all: a role that was interrupted on its way bears no fingerprint, and is done again.
  await iam.send(new TagRoleCommand({ RoleName: role.name, Tags: tags(fingerprint) }));
}

const tags = (fingerprint?: string) => [
  { Key: origin.key, Value: origin.value },
  ...(fingerprint ? [{ Key: fingerprintKey, Value: fingerprint }] : []),
];

async function fingerprintOf(
  iam: IAMClient,
  name: string,
): Promise<{ exists: boolean; fingerprint?: string | undefined }> {
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
    return { exists: true, fingerprint: Role?.Tags?.find(({ Key }) => Key === fingerprintKey)?.Value };
  } catch (fault) {
    if (fault instanceof NoSuchEntityException) return { exists: false };
    throw fault;
  }
}

async function createRole(iam: IAMClient, { name, purpose, trust }: Role): Promise<void> {
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  try {
    await iam.send(
      new CreateRoleCommand({ RoleName: name, Description: purpose, AssumeRolePolicyDocument, Tags: tags() }),
    );
  } catch (fault) {
    if (!(fault instanceof EntityAlreadyExistsException)) throw fault;
  }
}

async function bringUpToDate(
  iam: IAMClient,
  { name, trust, managedPolicies, policies }: Role,
): Promise<void> {
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: JSON.stringify(trust) }),
  );
  for (const PolicyArn of managedPolicies) {
    await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }));
  }
  for (const [PolicyName, document] of Object.entries(policies)) {
    await iam.send(
      new PutRolePolicyCommand({ RoleName: name, PolicyName, PolicyDocument: JSON.stringify(document) }),
    );
  }
}
