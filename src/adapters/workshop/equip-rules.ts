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

/**
 * Puts rules that are missing, changed, switched off or without their target; all of them when it is done `thoroughly`.
 * Targets are looked at only where no build would show that one is gone.
 */
export async function equipRules(
  events: EventBridgeClient,
  account: AccountId,
  rules: readonly ForwardingRule[],
  thoroughly: boolean,
): Promise<void> {
  const wanting = thoroughly ? rules : await rulesOutOfOrder(events, rules);
  await Promise.all(wanting.map((rule) => putRule(events, account, rule)));
}

async function rulesOutOfOrder(
  events: EventBridgeClient,
  rules: readonly ForwardingRule[],
): Promise<readonly ForwardingRule[]> {
  if (rules.length === 0) return [];
  const found = await rulesByName(events);
  const hidden = rules.find(({ showsInBuilds }) => !showsInBuilds);
  const withTarget = hidden && (await namesWithTarget(events, hidden.busArn));
  const isWell = (rule: ForwardingRule) =>
    isAsDescribed(found.get(rule.name), rule) && (withTarget?.includes(rule.name) ?? true);
  return rules.filter((rule) => !isWell(rule));
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
