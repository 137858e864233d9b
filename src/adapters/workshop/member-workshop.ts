import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { SNSClient } from '@aws-sdk/client-sns';
import type { AccountId } from '#domain/account.ts';
import type { Workshop } from '#ports/workshop.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { RoleNotAssumable, type Sessions } from '../aws/sessions.ts';
import { equipProject } from './equip-project.ts';
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
    async equip(account, { roles, rules, topic, project }, { thoroughly }) {
      const config = clientConfig(await sessions.member(account));
      await equipRoles(new IAMClient(config), roles, thoroughly);
      await equipRules(new EventBridgeClient(config), account, rules, thoroughly);
      const place = { account, region: own.region, automationAccount };
      if (topic) await equipTopic({ member: new SNSClient(config), central }, place, topic, thoroughly);
      await equipProject(new CodeBuildClient(config), account, project, own.clock);
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

const isDenied = (fault: unknown) => fault instanceof Error && fault.name.startsWith('AccessDenied');
