import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  EntityAlreadyExistsException,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  NoSuchEntityException,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { origin } from '#domain/equipment.ts';
import type { Role } from '#domain/equipment-roles.ts';

const Tags = [{ Key: origin.key, Value: origin.value }];

/** Makes roles as described; those that are there are brought up to date, without asking how they differ. */
export async function equipRoles(iam: IAMClient, roles: readonly Role[]): Promise<void> {
  await Promise.all(roles.map((role) => equipRole(iam, role)));
}

async function equipRole(iam: IAMClient, role: Role): Promise<void> {
  const isNew = await createRole(iam, role);
  if (!isNew) await bringUpToDate(iam, role);
  await permit(iam, role);
  // Last of all: nobody is left without what is needed in between.
  if (!isNew) await retire(iam, role);
}

/** False where there is such a role already. */
async function createRole(iam: IAMClient, { name, purpose, trust }: Role): Promise<boolean> {
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  try {
    await iam.send(
      new CreateRoleCommand({ RoleName: name, Description: purpose, AssumeRolePolicyDocument, Tags }),
    );
    return true;
  } catch (fault) {
    if (!(fault instanceof EntityAlreadyExistsException)) throw fault;
    return false;
  }
}

async function bringUpToDate(iam: IAMClient, { name, trust }: Role): Promise<void> {
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: JSON.stringify(trust) }),
  );
  await iam.send(new TagRoleCommand({ RoleName: name, Tags }));
}

async function permit(iam: IAMClient, { name, managedPolicies, policies }: Role): Promise<void> {
  for (const PolicyArn of managedPolicies) {
    await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }));
  }
  for (const [PolicyName, document] of Object.entries(policies)) {
    await iam.send(
      new PutRolePolicyCommand({ RoleName: name, PolicyName, PolicyDocument: JSON.stringify(document) }),
    );
  }
}

async function retire(iam: IAMClient, { name, retiredPolicies }: Role): Promise<void> {
  if (retiredPolicies.length === 0) return;
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }));
  for (const { PolicyArn = '' } of AttachedPolicies) {
    if (retiredPolicies.includes(PolicyArn)) await detach(iam, name, PolicyArn);
  }
}

async function detach(iam: IAMClient, RoleName: string, PolicyArn: string): Promise<void> {
  try {
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  } catch (fault) {
    // Another delivery of the same event was faster.
    if (!(fault instanceof NoSuchEntityException)) throw fault;
  }
}
