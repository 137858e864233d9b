import { createHash } from 'node:crypto';
import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { SNSClient } from '@aws-sdk/client-sns';
import type { AccountId } from '#domain/account.ts';
import type { Equipment } from '#domain/equipment.ts';
import type { Workshop } from '#ports/workshop.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { isDenied } from '../aws/is-denied.ts';
import { RoleNotAssumable, type Sessions } from '../aws/sessions.ts';
import { bearsMark, equipProject, findProject } from './equip-project.ts';
import { equipRoles } from './equip-roles.ts';
import { equipRules } from './equip-rules.ts';
import { equipTopic } from './equip-topic.ts';
import { begunSince, startBuild, statusOf } from './start-build.ts';

/** Work in member accounts through the SDK; the role there is reached through the management role. */
export function createMemberWorkshop(
  own: AwsAccess,
  sessions: Sessions,
  automationAccount: AccountId,
): Workshop {
  const codebuildOf = async (account: AccountId) =>
    new CodeBuildClient(clientConfig(await sessions.member(account)));
  const central = new SNSClient(clientConfig(own));

  return {
    async equip(account, equipment, { thoroughly }) {
      const { roles, rules, topic, project } = equipment;
      const config = clientConfig(await sessions.member(account));
      const codebuild = new CodeBuildClient(config);
      const mark = markOf(equipment);
      const found = await findProject(codebuild, project.name);
      const isBelieved = !thoroughly && bearsMark(found, mark);
      // Of roles, builds tell: one that is gone keeps them from starting, or from being heard of.
      if (!isBelieved) await equipRoles(new IAMClient(config), roles);
      await equipRules(new EventBridgeClient(config), account, rules, !isBelieved);
      const place = { account, region: own.region, automationAccount };
      if (topic) await equipTopic({ member: new SNSClient(config), central }, place, topic, !isBelieved);
      await equipProject(codebuild, { project, account, found, mark, isBelieved }, own.clock);
    },
    start: async (account, project, token) => startBuild(await codebuildOf(account), project, token),
    async begunSince(account, project, moment) {
      try {
        return await begunSince(await codebuildOf(account), project, moment);
      } catch (fault) {
        if (fault instanceof RoleNotAssumable || isDenied(fault)) return undefined;
        throw fault;
      }
    },
    statusOf: async (account, build) => statusOf(await codebuildOf(account), build),
  };
}

/** Tells one description of what surrounds a project from another. The project itself is compared as it is. */
const markOf = ({ roles, rules, topic }: Equipment) =>
  createHash('sha256').update(JSON.stringify({ roles, rules, topic })).digest('hex').slice(0, 16);
