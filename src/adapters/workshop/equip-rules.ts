import {
  type EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import { type AccountId } from '#domain/account.ts';
import { origin, type ForwardingRule } from '#domain/equipment.ts';

const namePrefix = 'SpaEventsRule';
const targetId = 'SpaPhoneHome';

export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
  readonly rule: string;
  constructor(rule: string, reason: string) {
    super(`EventBridge has refused the target of rule ${rule}: ${reason}`);
    this.rule = rule;
  }
}

/** Puts rules that are missing, changed, switched off or without a target; two reads when all is well. */
export async function equipRules(
  events: EventBridgeClient,
  account: AccountId,
  rules: readonly ForwardingRule[],
  thoroughly: boolean,
): Promise<void> {
  const [first] = rules;
  if (!first) return;
  const [{ Rules = [] }, { RuleNames = [] }] = await Promise.all([
    events.send(new ListRulesCommand({ NamePrefix: namePrefix })),
    events.send(new ListRuleNamesByTargetCommand({ TargetArn: first.busArn })),
  ]);
  const found = new Map(Rules.map((rule) => [rule.Name, rule]));
  const wanting = rules.filter(
    (rule) => thoroughly || !RuleNames.includes(rule.name) || !isAsDescribed(found.get(rule.name), rule),
  );
  await Promise.all(wanting.map((rule) => putRule(events, account, rule, found.has(rule.name))));
}

const isAsDescribed = (found: Rule | undefined, rule: ForwardingRule) =>
  found?.State === 'ENABLED' && found.EventPattern === JSON.stringify(rule.pattern);

async function putRule(
  events: EventBridgeClient,
  account: AccountId,
  { name, purpose, pattern, busArn, roleName }: ForwardingRule,
  exists: boolean,
): Promise<void> {
  const tags = exists ? {} : { Tags: [{ Key: origin.key, Value: origin.value }] };
  await events.send(
    new PutRuleCommand({
      Name: name,
      Description: purpose,
      EventPattern: JSON.stringify(pattern),
      State: 'ENABLED',
      ...tags,
    }),
  );
  const RoleArn = `arn:aws:iam::${account}:role/${roleName}`;
  const { FailedEntries = [] } = await events.send(
    new PutTargetsCommand({ Rule: name, Targets: [{ Id: targetId, Arn: busArn, RoleArn }] }),
  );
  if (FailedEntries.length > 0)
    throw new TargetRefused(name, FailedEntries[0]?.ErrorMessage ?? 'no reason given');
}
