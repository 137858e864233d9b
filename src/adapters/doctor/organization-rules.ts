import {
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { atATime } from './at-a-time.ts';

const homeRegion = 'us-east-1';
const most = { pages: 10, rules: 50, atATime: 5 } as const;

/** A rule of the management account that sends to the central bus, or that names events of the organization. */
export interface FoundOrganizationRule {
  readonly name: string;
  readonly isEnabled: boolean;
  /** As written, in JSON. */
  readonly pattern: string;
  readonly targets: readonly { readonly arn: string; readonly roleArn: string | undefined }[];
}

/** Rules of the management account through which events of the organization may go anywhere. 2 calls, and one a rule. */
export async function findOrganizationRules(
  access: AwsAccess,
  busArn: string,
): Promise<readonly FoundOrganizationRule[]> {
  const client = new EventBridgeClient(clientConfig(access, homeRegion));
  const { RuleNames: ours = [] } = await client.send(new ListRuleNamesByTargetCommand({ TargetArn: busArn }));
  const candidates = (await listRules(client)).filter(
    ({ Name = '', EventPattern = '' }) => ours.includes(Name) || namesOrganizations.test(EventPattern),
  );
  return atATime(most.atATime, candidates.slice(0, most.rules), async (rule) => {
    const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: rule.Name }));
    return {
      name: rule.Name ?? '',
      isEnabled: rule.State !== 'DISABLED',
      pattern: rule.EventPattern ?? '',
      targets: Targets.map(({ Arn = '', RoleArn }) => ({ arn: Arn, roleArn: RoleArn })),
    };
  });
}

const namesOrganizations = /aws\.organizations|organizations\.amazonaws\.com/;

/** All rules of the default bus whose names begin so, in a bounded number of pages. */
export async function listRules(client: EventBridgeClient, prefix?: string): Promise<readonly Rule[]> {
  const found: Rule[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < most.pages; page += 1) {
    const command = new ListRulesCommand({ NamePrefix: prefix, NextToken });
    const answer = await client.send(command);
    found.push(...(answer.Rules ?? []));
    NextToken = answer.NextToken;
    if (!NextToken) break;
  }
  return found;
}
