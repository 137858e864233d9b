import type {
  DeleteRuleRequest,
  DescribeRuleRequest,
  DescribeRuleResponse,
  DisableRuleRequest,
  ListRulesRequest,
  ListRulesResponse,
  PutRuleRequest,
  PutRuleResponse,
  Rule as ListedRule,
  TestEventPatternRequest,
  TestEventPatternResponse,
} from '@aws-sdk/client-eventbridge';
import { AwsError, notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { cacheOfTexts } from '../../text-cache.ts';
import type { EventBus, EventBusStore } from './event-buses.ts';
import { parsePattern } from './event-pattern.ts';
import { invalid, invalidToken, passRole } from './events-refusals.ts';
import { InvalidEventPattern } from './pattern-matchers.ts';
import { ruleArn, type Rule } from './rule.ts';
import { InvalidScheduleExpression, parseSchedule } from './schedule-expression.ts';
import type { RuleSchedule } from './scheduled-rules.ts';

const mostRules = 300;
const mostOnAPage = 100;

/** Rules: what a bus listens to, and when a rule fires by itself. */
export function ruleOperations(platform: Platform, buses: EventBusStore, schedule: RuleSchedule) {
  function setState(state: Rule['state']) {
    return ({ Name, EventBusName }: DisableRuleRequest, call: Call) => {
      const bus = buses.get(call, EventBusName);
      const rule = { ...existingRule(bus, Name), state };
      bus.put(rule);
      schedule.update(rule);
    };
  }

  return {
    PutRule(input: PutRuleRequest, call: Call): PutRuleResponse {
      const bus = buses.get(call, input.EventBusName);
      const rule = readRule(input, bus);
      if (input.RoleArn !== undefined) passRole(platform, call, input.RoleArn);
      bus.put(rule);
      schedule.update(rule);
      return { RuleArn: rule.arn };
    },
    DescribeRule({ Name, EventBusName }: DescribeRuleRequest, call: Call): DescribeRuleResponse {
      const rule = existingRule(buses.get(call, EventBusName), Name);
      return { ...describe(rule), CreatedBy: rule.account };
    },
    ListRules(input: ListRulesRequest, call: Call): ListRulesResponse {
      const { NamePrefix: prefix = '', NextToken, Limit = mostOnAPage } = input;
      const rules = buses.get(call, input.EventBusName).rules();
      const chosen = rules.filter((rule) => rule.name.startsWith(prefix));
      const page = pageOf(chosen, NextToken, Math.min(Limit, mostOnAPage), invalidToken);
      return { Rules: page.items.map(describe), NextToken: page.next };
    },
    DeleteRule({ Name = '', EventBusName }: DeleteRuleRequest, call: Call) {
      const bus = buses.get(call, EventBusName);
      const rule = bus.rule(Name);
      if (!rule) return;
      if (rule.targets.size > 0) throw invalid("Rule can't be deleted since it has targets.");
      schedule.drop(rule);
      bus.remove(Name);
    },
    EnableRule: setState('ENABLED'),
    DisableRule: setState('DISABLED'),
    TestEventPattern({ EventPattern = '', Event = '' }: TestEventPatternRequest): TestEventPatternResponse {
      return { Result: readPattern(EventPattern).matches(readEvent(Event)) };
    },
  };
}

/** A rule of the bus. Throws ResourceNotFoundException. */
export function existingRule(bus: EventBus, name = ''): Rule {
  const rule = bus.rule(name);
  if (rule) return rule;
  throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
}

function readRule(input: PutRuleRequest, bus: EventBus): Rule {
  const {
    Name: name = '',
    EventPattern: pattern,
    ScheduleExpression: expression,
    State: state = 'ENABLED',
  } = input;
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
    );
  if (state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')
    throw notImplemented('events', `the state ${state}`);
  if (!pattern && !expression)
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (expression && bus.name !== 'default')
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  const known = bus.rule(name);
  if (!known && bus.rules().length >= mostRules)
    throw new AwsError(
      'LimitExceededException',
      'The requested resource exceeds the maximum number allowed.',
    );
  return {
    name,
    arn: ruleArn(bus, bus.name, name),
    account: bus.account,
    region: bus.region,
    busName: bus.name,
    state,
    description: input.Description,
    roleArn: input.RoleArn,
    pattern: pattern ? readPattern(pattern) : undefined,
    schedule: expression ? { ...readSchedule(expression), expression } : undefined,
    targets: known?.targets ?? new Map(),
    // Tags given with an update are ignored, as AWS does.
    tags: known?.tags ?? new Map(input.Tags?.map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

const mostPatternsRemembered = 1000;

const readPattern = cacheOfTexts(mostPatternsRemembered, (text) => {
  try {
    return { ...parsePattern(text), text };
  } catch (fault) {
    if (fault instanceof InvalidEventPattern)
      throw new AwsError('InvalidEventPatternException', fault.message);
    throw fault;
  }
});

function readSchedule(expression: string) {
  try {
    return parseSchedule(expression);
  } catch (fault) {
    if (fault instanceof InvalidScheduleExpression)
      throw invalid('Parameter ScheduleExpression is not valid.');
    throw fault;
  }
}

const envelope = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

function readEvent(text: string): Readonly<Record<string, unknown>> {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    throw invalid('Parameter Event is not valid.');
  }
  const fields: Readonly<Record<string, unknown>> =
    event !== null && typeof event === 'object' ? Object.fromEntries(Object.entries(event)) : {};
  const missing = envelope.find((name) => !(name in fields));
  if (missing) throw invalid(`Parameter Event is not valid. Reason: ${missing} is a required field.`);
  return fields;
}

function describe(rule: Rule): ListedRule {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern?.text,
    ScheduleExpression: rule.schedule?.expression,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.busName,
  };
}
