import type { Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import { acknowledgeWildcards } from './acknowledge.ts';
import { addQueue } from './add-queue.ts';
import { addTrigger } from './add-trigger.ts';
import type { WebEndpoint } from './add-url.ts';
import { retriesOfEvents } from './delivery.ts';
import { functionEnvironmentOf, wiringOf } from './deployment-of.ts';
import { deadLettersOf, functionGrants, logGroupOf } from './function-grants.ts';
import { policyOf } from './grants.ts';
import { functionRolesPath, nameOf, type Plan, type SharedParts } from './plan.ts';
import { sentByRule } from './queue-statements.ts';
import { trustOf } from './statements.ts';

const logsRetentionInDays = 90;

/**
 * One declared function with all that belongs to it: role, log, dead letters with their alarm, and what makes it run.
 * Gives its address on the web, if it has one.
 */
export function addFunction(
  stack: Stack,
  plan: Plan,
  declaration: FunctionDeclaration,
  shared: SharedParts,
): WebEndpoint | undefined {
  const { deployment } = plan;
  const { name } = declaration;
  const deadLetters = addQueue(stack, deployment, {
    name: deadLettersOf(name),
    senders: hasRule(declaration, plan) ? [sentByRule(deployment, deadLettersOf(name), name)] : [],
    taken: { reason: 'These are the dead letters; its alarm calls a person, who decides' },
  });
  const deployed = addLambda(stack, plan, declaration);
  addRetries(stack, name, deployed, deadLetters);
  addAlarm(stack, declaration, deadLetters, shared.alarmTopicArn);
  return addTrigger(stack, plan, declaration, { deployed, deadLetters, shared });
}

function addRetries(stack: Stack, name: string, deployed: CfnFunction, deadLetters: CfnQueue) {
  return new CfnEventInvokeConfig(stack, `${name}Retries`, {
    functionName: deployed.ref,
    qualifier: '$LATEST',
    maximumRetryAttempts: retriesOfEvents,
    destinationConfig: { onFailure: { destination: deadLetters.attrArn } },
  });
}

/** Whether a rule of the bus, or a schedule, runs the function. */
function hasRule({ trigger }: FunctionDeclaration, { settings }: Plan): boolean {
  if (trigger.kind === 'schedule') return trigger.expression(wiringOf(settings)) !== undefined;
  return trigger.kind === 'events';
}

function addLambda(stack: Stack, plan: Plan, declaration: FunctionDeclaration): CfnFunction {
  const { deployment, settings, bundles } = plan;
  const { name, purpose, timeoutInSeconds, memoryInMegabytes } = declaration;
  const logs = new CfnLogGroup(stack, `${name}Logs`, {
    logGroupName: logGroupOf(deployment, name),
    retentionInDays: logsRetentionInDays,
  });
  const code = new Asset(stack, `${name}Code`, { path: bundles.get(name)?.folder ?? '' });
  return new CfnFunction(stack, `${name}Function`, {
    functionName: nameOf(deployment, name),
    description: purpose,
    role: addRole(stack, plan, declaration).attrArn,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    code: { s3Bucket: code.s3BucketName, s3Key: code.s3ObjectKey },
    timeout: timeoutInSeconds,
    memorySize: memoryInMegabytes,
    environment: { variables: { ...functionEnvironmentOf(settings) } },
    architectures: [settings.features.armArchitecture ? 'arm64' : 'x86_64'],
    loggingConfig: { logGroup: logs.ref },
  });
}

/** The role bears the name of the function, on a path that the management role trusts. */
function addRole(stack: Stack, { deployment }: Plan, declaration: FunctionDeclaration): CfnRole {
  const lines = functionGrants(declaration, deployment);
  const role = new CfnRole(stack, `${declaration.name}Role`, {
    roleName: nameOf(deployment, declaration.name),
    path: functionRolesPath(deployment),
    description: functionRoleDescription(deployment),
    assumeRolePolicyDocument: trustOf('lambda.amazonaws.com'),
    policies: [{ policyName: 'Needs', policyDocument: policyOf(lines) }],
  });
  acknowledgeWildcards(role, lines);
  return role;
}

/** Tells whose role it is: role names are global in an account, and two regions may not share them. */
export const functionRoleDescription = ({ environment, region }: { environment: string; region: string }) =>
  `Taken by a function of ${environment} in ${region}`;

/** A message among the dead letters means work that nobody will do unless a person looks. */
function addAlarm(
  stack: Stack,
  { name, whenItFails }: FunctionDeclaration,
  deadLetters: CfnQueue,
  topicArn: string,
): CfnAlarm {
  return new CfnAlarm(stack, `${name}Alarm`, {
    alarmName: deadLetters.queueName ?? '',
    alarmDescription: whenItFails,
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: [{ name: 'QueueName', value: deadLetters.attrQueueName }],
    statistic: 'Maximum',
    period: 300,
    evaluationPeriods: 1,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 0,
    treatMissingData: 'notBreaching',
    alarmActions: [topicArn],
  });
}
