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

/** Puts rules that are missing, changed, switched off or without their target; all of them when it is done `thoroughly`. */
export async function equipRules(
  events: EventBridgeClient,
  account: AccountId,
  rules: readonly ForwardingRule[],
  thoroughly: boolean,
): Promise<void> {
  const [first] = rules;
  if (!first) return;
  const [present, found] = await Promise.all([namesWithTarget(events, first.busArn), rulesByName(events)]);
  const isWell = (rule: ForwardingRule) =>
    present.includes(rule.name) && isAsDescribed(found.get(rule.name), rule);
  const wanting = rules.filter((rule) => thoroughly || !isWell(rule));
  await Promise.all(wanting.map((rule) => putRule(events, account, rule)));
}

async function namesWithTarget(events: EventBridgeClient, TargetArn: string): Promise<readonly string[]> {
  return (await events.send(new ListRuleNamesByTargetCommand({ TargetArn }))).RuleNames ?? [];
}

async function rulesByName(events: EventBridgeClient): Promise<ReadonlyMap<string | undefined, Rule>> {
  const { Rules = [] } = await events.send(new ListRulesCommand({ NamePrefix: namePrefix }));
  return new Map(Rules.map((rule) => [rule.Name, rule]));
}

const isAsDescribed = (found: Rule | undefined, rule: ForwardingRule) =>
  found?.State === 'ENABLED' && found.EventPattern === JSON.stringify(rule.pattern);

async function putRule(
  events: EventBridgeClient,
  account: AccountId,
  { name, purpose, pattern, busArn, roleName }: ForwardingRule,
): Promise<void> {
  // EventBridge takes tags with a new rule, and passes over them with one that exists.
  const tags = { Tags: [{ Key: origin.key, Value: origin.value }] };
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
