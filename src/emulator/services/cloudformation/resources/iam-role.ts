import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { document, number, tagList, tagsFrom, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';
import { tagChanges } from './tag-changes.ts';

/** What CloudFormation waits for, so that others in the stack may lean on a role that is new or has changed. */
const settlingInMilliseconds = 10_000;

const shape = z.strictObject({
  RoleName: text.optional(),
  Path: text.optional(),
  Description: text.optional(),
  AssumeRolePolicyDocument: document,
  MaxSessionDuration: number.optional(),
  ManagedPolicyArns: z.array(text).optional(),
  Policies: z.array(z.strictObject({ PolicyName: text, PolicyDocument: document })).optional(),
  Tags: tagList,
});

type Role = z.infer<typeof shape>;
type Permissions = Pick<Role, 'ManagedPolicyArns' | 'Policies'>;

/** AWS::IAM::Role */
export const iamRole = defineResource({
  type: 'AWS::IAM::Role',
  shape,
  async create(role, site) {
    const { RoleName = site.givenName, Policies: _, ManagedPolicyArns: __, Tags, ...described } = role;
    await site.clients.iam.send(
      new CreateRoleCommand({ ...described, RoleName, Tags: tagsFrom(Tags, site.tags) }),
    );
    await permit(RoleName, {}, role, site);
    await site.sleep(settlingInMilliseconds);
    return describe(RoleName, site);
  },
  async update({ resource: { physicalId: RoleName }, former, properties: role }, site) {
    const { iam } = site.clients;
    if (role.RoleName !== former.RoleName || role.Path !== former.Path) return undefined;
    await iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: role.AssumeRolePolicyDocument }),
    );
    const { Description, MaxSessionDuration } = role;
    await iam.send(new UpdateRoleCommand({ RoleName, Description, MaxSessionDuration }));
    await permit(RoleName, former, role, site);
    const { added, removed } = tagChanges(former.Tags, role.Tags);
    if (added.length > 0) await iam.send(new TagRoleCommand({ RoleName, Tags: added }));
    if (removed.length > 0) await iam.send(new UntagRoleCommand({ RoleName, TagKeys: removed }));
    await site.sleep(settlingInMilliseconds);
    return describe(RoleName, site);
  },
  async remove({ physicalId: RoleName }, role, site) {
    await unlessGone(permit(RoleName, role, {}, site));
    await unlessGone(site.clients.iam.send(new DeleteRoleCommand({ RoleName })));
  },
});

/** Gives the role its policies, and takes those of before that it no longer has. */
async function permit(RoleName: string, former: Permissions, now: Permissions, { clients: { iam } }: Site) {
  const inline = new Set(now.Policies?.map(({ PolicyName }) => PolicyName));
  const attached = new Set(now.ManagedPolicyArns);
  for (const { PolicyName } of former.Policies ?? [])
    if (!inline.has(PolicyName)) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  for (const PolicyArn of former.ManagedPolicyArns ?? [])
    if (!attached.has(PolicyArn)) await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  for (const { PolicyName, PolicyDocument } of now.Policies ?? [])
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  for (const PolicyArn of attached) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
}

async function describe(RoleName: string, { clients: { iam } }: Site) {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const attributes = { Arn: Role?.Arn, RoleId: Role?.RoleId };
  return { physicalId: RoleName, reference: RoleName, attributes };
}
