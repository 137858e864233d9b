import type { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnEventSourceMapping, CfnPermission, type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { batchOf } from '#events/gathered.ts';
import type { Pattern } from '#events/trigger.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import { alertQueue } from '#events/alert-received.ts';
import { addQueue } from './add-queue.ts';
import { addUrl, type WebEndpoint } from './add-url.ts';
import { wiringOf } from './deployment-of.ts';
import { nameOf, type Plan, type SharedParts } from './plan.ts';
import { sentByRule } from './queue-statements.ts';

/** A deployed function, and where its failures go. */
interface Fed {
  readonly deployed: CfnFunction;
  readonly deadLetters: CfnQueue;
  readonly shared: SharedParts;
}

/**
 * What makes a function run, by the kind of its trigger: a rule, a rule before a queue, a queue, a schedule, or requests
 * to an address, which it gives.
 */
export function addTrigger(
  stack: Stack,
  plan: Plan,
  declaration: FunctionDeclaration,
  fed: Fed,
): WebEndpoint | undefined {
  const { trigger } = declaration;
  const wiring = wiringOf(plan.settings);
  switch (trigger.kind) {
    case 'events': {
      const when = { eventPattern: trigger.pattern(wiring) };
      if (trigger.queued) runByQueuedRule(stack, plan, declaration, fed, when, trigger.queued.concurrency);
      else runByRule(stack, plan, declaration, fed, when);
      return undefined;
    }
    case 'messages': {
      const queue = addFedQueue(stack, plan, declaration, fed, trigger.queue);
      addMapping(stack, declaration, fed, queue, trigger.concurrency);
      return undefined;
    }
    case 'schedule': {
      const scheduleExpression = trigger.expression(wiring);
      if (scheduleExpression) runByRule(stack, plan, declaration, fed, { scheduleExpression });
      return undefined;
    }
    case 'web':
      return addUrl(stack, declaration.name, fed.deployed, trigger.endpoint);
  }
}

type When = { readonly eventPattern: Pattern } | { readonly scheduleExpression: string };

interface Target {
  readonly arn: string;
  readonly deadLetters: CfnQueue;
}

function addRule(
  stack: Stack,
  { deployment }: Plan,
  { name, purpose }: FunctionDeclaration,
  when: When,
  { arn, deadLetters }: Target,
): CfnRule {
  return new CfnRule(stack, `${name}Rule`, {
    name: nameOf(deployment, name),
    description: purpose,
    state: 'ENABLED',
    targets: [{ id: 'Function', arn, deadLetterConfig: { arn: deadLetters.attrArn } }],
    ...when,
  });
}

function runByRule(
  stack: Stack,
  plan: Plan,
  declaration: FunctionDeclaration,
  { deployed, deadLetters }: Fed,
  when: When,
): CfnPermission {
  const rule = addRule(stack, plan, declaration, when, { arn: deployed.attrArn, deadLetters });
  return new CfnPermission(stack, `${declaration.name}Permission`, {
    functionName: deployed.ref,
    action: 'lambda:InvokeFunction',
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
  });
}

/** The queue bears the name of the function, and holds what comes faster than the function may work. */
function runByQueuedRule(
  stack: Stack,
  plan: Plan,
  declaration: FunctionDeclaration,
  fed: Fed,
  when: When,
  concurrency: number,
): void {
  const queue = addFedQueue(stack, plan, declaration, fed, declaration.name);
  addRule(stack, plan, declaration, when, { arn: queue.attrArn, deadLetters: fed.deadLetters });
  addMapping(stack, declaration, fed, queue, concurrency);
}

/** The queue in front of a function: fed by its rule, or by whoever puts messages on it. */
function addFedQueue(
  stack: Stack,
  { deployment }: Plan,
  { name, trigger, timeoutInSeconds }: FunctionDeclaration,
  { deadLetters, shared }: Fed,
  queue: string,
): CfnQueue {
  const others = queue === alertQueue ? shared.alertSenders : [];
  return addQueue(stack, deployment, {
    name: queue,
    senders: trigger.kind === 'events' ? [sentByRule(deployment, queue, name)] : others,
    taken: { deadLetters, timeoutInSeconds, gatheringSeconds: batchOf(trigger).seconds },
  });
}

function addMapping(
  stack: Stack,
  { name, trigger }: FunctionDeclaration,
  { deployed }: Fed,
  queue: CfnQueue,
  maximumConcurrency: number,
): CfnEventSourceMapping {
  const { most: batchSize, seconds } = batchOf(trigger);
  return new CfnEventSourceMapping(stack, `${name}Mapping`, {
    functionName: deployed.ref,
    eventSourceArn: queue.attrArn,
    batchSize,
    ...(seconds === 0 ? {} : { maximumBatchingWindowInSeconds: seconds }),
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency },
  });
}
