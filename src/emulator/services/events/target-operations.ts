import type {
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse,
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
  Target,
} from '@aws-sdk/client-eventbridge';
import { AwsError, notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import type { EventBusStore } from './event-buses.ts';
import { invalid, invalidToken, passRole } from './events-refusals.ts';
import { isJson } from './input-transformer.ts';
import type { RuleTarget } from './rule.ts';
import { existingRule } from './rule-operations.ts';

const mostTargets = 5;
const mostOnAPage = 100;

/** Targets of rules: functions, queues, topics and other buses. */
export function targetOperations(platform: Platform, buses: EventBusStore) {
  return {
    PutTargets({ Rule, EventBusName, Targets = [] }: PutTargetsRequest, call: Call): PutTargetsResponse {
      const { targets } = existingRule(buses.get(call, EventBusName), Rule);
      const read = Targets.map(readTarget);
      if (new Set([...targets.keys(), ...read.map(({ Id }) => Id)]).size > mostTargets)
        throw new AwsError(
          'LimitExceededException',
          'The requested resource exceeds the maximum number allowed.',
        );
      for (const { RoleArn } of read) if (RoleArn !== undefined) passRole(platform, call, RoleArn);
      for (const target of read) targets.set(target.Id, target);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets({ Rule, EventBusName, Ids = [] }: RemoveTargetsRequest, call: Call): RemoveTargetsResponse {
      const { targets } = existingRule(buses.get(call, EventBusName), Rule);
      for (const id of Ids) targets.delete(id);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    ListTargetsByRule(input: ListTargetsByRuleRequest, call: Call): ListTargetsByRuleResponse {
      const { targets } = existingRule(buses.get(call, input.EventBusName), input.Rule);
      const page = pageOf([...targets.values()], input.NextToken, input.Limit ?? mostOnAPage, invalidToken);
      return { Targets: [...page.items], NextToken: page.next };
    },
    ListRuleNamesByTarget(input: ListRuleNamesByTargetRequest, call: Call): ListRuleNamesByTargetResponse {
      const rules = buses.get(call, input.EventBusName).rules();
      const names = rules
        .filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === input.TargetArn))
        .map(({ name }) => name);
      const page = pageOf(names, input.NextToken, input.Limit ?? mostOnAPage, invalidToken);
      return { RuleNames: [...page.items], NextToken: page.next };
    },
  };
}

const knownMembers = new Set([
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'DeadLetterConfig',
  'RetryPolicy',
  'SqsParameters',
]);

function readTarget(target: Target): RuleTarget {
  const { Id: id = '', Arn: arn = '' } = target;
  const unknown = Object.keys(target).find((member) => !knownMembers.has(member));
  if (unknown) throw notImplemented('events', `the member ${unknown} of targets`);
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(id)) throw invalid(`Parameter Id ${id} is not valid.`);
  if (!/^arn:aws:[\w-]+:[\w-]*:\d*:.+$/.test(arn))
    throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  checkKind(id, arn, target.RoleArn);
  checkInput(id, target);
  checkRetries(target);
  return { ...target, Id: id, Arn: arn };
}

function checkKind(id: string, arn: string, role: string | undefined) {
  const service = arn.split(':')[2] ?? '';
  if (service === 'events') {
    if (!role) throw invalid(`RoleArn is required for target ${arn}.`);
    if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(role)) throw invalid(`Parameter ${role} is not valid.`);
    return;
  }
  if (!['lambda', 'sqs', 'sns'].includes(service)) throw notImplemented('events', `targets such as ${arn}`);
  if (role) throw notImplemented('events', `the role of target ${id}, which its own policy lets in`);
}

function checkInput(id: string, { Input, InputPath, InputTransformer }: Target) {
  const given = [Input, InputPath, InputTransformer].filter((one) => one !== undefined);
  if (given.length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  if (Input !== undefined && !isJson(Input)) throw invalid(`JSON syntax error in input for target ${id}.`);
  if (InputPath !== undefined && !InputPath.startsWith('$'))
    throw invalid(`Invalid InputPath for target ${id}.`);
}

function checkRetries({ RetryPolicy: policy, DeadLetterConfig: deadLetters }: Target) {
  const { MaximumRetryAttempts: retries = 0, MaximumEventAgeInSeconds: age = 60 } = policy ?? {};
  if (retries < 0 || retries > 185) throw invalid('MaximumRetryAttempts must be between 0 and 185.');
  if (age < 60 || age > 86_400) throw invalid('MaximumEventAgeInSeconds must be between 60 and 86400.');
  if (deadLetters && !deadLetters.Arn?.startsWith('arn:aws:sqs:'))
    throw invalid('Parameter DeadLetterConfig.Arn is not valid: dead letters go to a queue.');
}
