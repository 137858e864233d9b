import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import { grants, policyOf, type Deployment, type Grant } from '#infrastructure/grants.ts';
import type { FunctionEnvironment } from '#runtime/environment.ts';
import { batchOf } from '#events/gathered.ts';
import type { Batch, Wiring } from '#events/trigger.ts';
import { alertQueue } from '#events/alert-received.ts';
import type { AccountClients } from './account-clients.ts';
import { installFunctionUrl } from './install-function-url.ts';
import { fromAlertTopics, fromRule, type QueuePolicy } from './queue-policies.ts';

/** Times that a message is tried before it goes to the dead letters. */
const triesOfMessages = 4;

export interface Installation {
  readonly clients: AccountClients;
  readonly deployment: Deployment;
  readonly wiring: Wiring;
  readonly environment: FunctionEnvironment;
  readonly organizationId: string;
}

/** Installs one declared function as the stack would: its role with the grants of its ports, its trigger, its dead letters. */
export async function installFunction(
  declaration: FunctionDeclaration,
  installation: Installation,
): Promise<void> {
  const { trigger } = declaration;
  const deadLetters = await createQueue(installation, `${declaration.name}DeadLetters`);
  const functionArn = await createFunction(declaration, installation, deadLetters);
  switch (trigger.kind) {
    case 'events': {
      const ruleArn = await putRule(declaration, installation, {
        EventPattern: JSON.stringify(trigger.pattern(installation.wiring)),
      });
      if (!trigger.queued) return target(declaration, installation, ruleArn, functionArn);
      const queue = await createQueue(installation, declaration.name, {
        deadLetters,
        declaration,
        policy: fromRule(ruleArn),
      });
      await putTarget(declaration, installation, queue);
      return mapQueue(installation, functionArn, queue, {
        ...batchOf(trigger),
        concurrency: trigger.queued.concurrency,
      });
    }
    case 'messages': {
      const senders =
        trigger.queue === alertQueue ? { policy: fromAlertTopics(installation.organizationId) } : {};
      const queue = await createQueue(installation, trigger.queue, { deadLetters, declaration, ...senders });
      return mapQueue(installation, functionArn, queue, {
        ...batchOf(trigger),
        concurrency: trigger.concurrency,
      });
    }
    case 'schedule': {
      const expression = trigger.expression(installation.wiring);
      if (!expression) return undefined;
      const ruleArn = await putRule(declaration, installation, { ScheduleExpression: expression });
      return target(declaration, installation, ruleArn, functionArn);
    }
    case 'web':
      return installFunctionUrl(installation.clients, nameOf(declaration, installation));
  }
}

const nameOf = (declaration: FunctionDeclaration, { deployment }: Installation) =>
  `${deployment.environment}${declaration.name}`;

function arnOf({ deployment: { region, account } }: Installation, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

async function createFunction(
  declaration: FunctionDeclaration,
  installation: Installation,
  deadLetters: string,
): Promise<string> {
  const { clients, deployment, environment } = installation;
  const name = nameOf(declaration, installation);
  const arn = arnOf(installation, 'lambda', `function:${name}`);
  await clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Description: declaration.purpose,
      Role: `arn:aws:iam::${deployment.account}:role/${roleNameOf(declaration, installation)}`,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from('played from its sources') },
      Timeout: declaration.timeoutInSeconds,
      MemorySize: declaration.memoryInMegabytes,
      Environment: { Variables: { ...environment } },
      Architectures: [environment.ARCHITECTURE === 'arm' ? 'arm64' : 'x86_64'],
      Tags: { environment: deployment.environment },
    }),
  );
  await clients.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: name,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: deadLetters } },
    }),
  );
  return arn;
}

const deadLettersOf = ({ name }: FunctionDeclaration) => `${name}DeadLetters`;

const roleNameOf = (declaration: FunctionDeclaration, installation: Installation) =>
  `${nameOf(declaration, installation)}Role`;

/** Creates the role of a function, with the grants of its ports and nothing else; IAM takes a while to tell others. */
export async function createFunctionRole(
  declaration: FunctionDeclaration,
  installation: Installation,
): Promise<void> {
  const { clients, deployment } = installation;
  const name = roleNameOf(declaration, installation);
  const deadLetters = arnOf(installation, 'sqs', `${deployment.environment}${deadLettersOf(declaration)}`);
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  await clients.iam.send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const lines: readonly Grant[] = [
    ...declaration.needs.flatMap((port) => grants[port](deployment)),
    { actions: ['sqs:SendMessage'], resources: [deadLetters] },
    ...ownQueue(declaration, installation),
  ];
  const PolicyDocument = JSON.stringify(policyOf(lines));
  await clients.iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'Needs', PolicyDocument }));
}

/** A function that is fed from a queue takes messages off it. */
function ownQueue(declaration: FunctionDeclaration, installation: Installation): readonly Grant[] {
  const { trigger } = declaration;
  const queue =
    trigger.kind === 'messages'
      ? trigger.queue
      : trigger.kind === 'events' && trigger.queued
        ? declaration.name
        : undefined;
  if (!queue) return [];
  const actions = [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ChangeMessageVisibility',
  ];
  return [
    { actions, resources: [arnOf(installation, 'sqs', `${installation.deployment.environment}${queue}`)] },
  ];
}

interface QueueUse {
  readonly deadLetters: string;
  readonly declaration: FunctionDeclaration;
  readonly policy?: QueuePolicy;
}

async function createQueue(installation: Installation, name: string, use?: QueueUse): Promise<string> {
  const QueueName = `${installation.deployment.environment}${name}`;
  const arn = arnOf(installation, 'sqs', QueueName);
  const attributes = use && {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: use.deadLetters, maxReceiveCount: triesOfMessages }),
    // As AWS advises: six times the timeout of the function that is fed, beside the time of gathering.
    VisibilityTimeout: String(
      6 * use.declaration.timeoutInSeconds + batchOf(use.declaration.trigger).seconds,
    ),
    ...(use.policy ? { Policy: JSON.stringify(use.policy(arn)) } : {}),
  };
  await installation.clients.sqs.send(
    new CreateQueueCommand({ QueueName, Attributes: { MessageRetentionPeriod: '1209600', ...attributes } }),
  );
  return arn;
}

async function putRule(
  declaration: FunctionDeclaration,
  installation: Installation,
  when: { readonly EventPattern: string } | { readonly ScheduleExpression: string },
): Promise<string> {
  const { RuleArn } = await installation.clients.events.send(
    new PutRuleCommand({
      Name: nameOf(declaration, installation),
      Description: declaration.purpose,
      ...when,
    }),
  );
  return RuleArn ?? '';
}

async function target(
  declaration: FunctionDeclaration,
  installation: Installation,
  ruleArn: string,
  functionArn: string,
): Promise<void> {
  await installation.clients.lambda.send(
    new AddPermissionCommand({
      FunctionName: nameOf(declaration, installation),
      StatementId: 'Rule',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: ruleArn,
    }),
  );
  await putTarget(declaration, installation, functionArn);
}

async function putTarget(
  declaration: FunctionDeclaration,
  installation: Installation,
  arn: string,
): Promise<void> {
  await installation.clients.events.send(
    new PutTargetsCommand({
      Rule: nameOf(declaration, installation),
      Targets: [{ Id: 'Function', Arn: arn }],
    }),
  );
}

async function mapQueue(
  { clients }: Installation,
  functionArn: string,
  queueArn: string,
  { most, seconds, concurrency }: Batch & { readonly concurrency: number },
): Promise<void> {
  await clients.lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: functionArn,
      EventSourceArn: queueArn,
      BatchSize: most,
      MaximumBatchingWindowInSeconds: seconds,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: concurrency },
    }),
  );
}
