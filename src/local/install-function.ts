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
import {
  hiddenInSeconds,
  retentionInSeconds,
  retriesOfEvents,
  triesOfMessages,
} from '#infrastructure/delivery.ts';
import { deadLettersOf, functionGrants } from '#infrastructure/function-grants.ts';
import { policyOf, type Deployment } from '#infrastructure/grants.ts';
import { centralArn, functionRolesPath, nameOf } from '#infrastructure/plan.ts';
import { queueArn, sentByAlertTopics, sentByRule } from '#infrastructure/queue-statements.ts';
import { policyDocument, trustOf, type Statement } from '#infrastructure/statements.ts';
import type { FunctionEnvironment } from '#runtime/environment.ts';
import { batchOf } from '#events/gathered.ts';
import type { Batch, Wiring } from '#events/trigger.ts';
import { alertQueue } from '#events/alert-received.ts';
import type { AccountClients } from './account-clients.ts';
import { installFunctionUrl } from './install-function-url.ts';

/** What functions are installed with. */
export interface InstallationPlan {
  readonly clients: AccountClients;
  readonly deployment: Deployment;
  readonly wiring: Wiring;
  readonly environment: FunctionEnvironment;
  readonly organizationId: string;
}

/** Installs one declared function as the stack would: its role with the grants of its ports, its trigger, its dead letters. */
export async function installFunction(
  declaration: FunctionDeclaration,
  installation: InstallationPlan,
): Promise<void> {
  const { trigger } = declaration;
  const { deployment, organizationId } = installation;
  const deadLetters = await createQueue(installation, deadLettersOf(declaration.name));
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
        senders: [sentByRule(deployment, declaration.name, declaration.name)],
      });
      await putTarget(declaration, installation, queue);
      return mapQueue(installation, functionArn, queue, {
        ...batchOf(trigger),
        concurrency: trigger.queued.concurrency,
      });
    }
    case 'messages': {
      const senders = trigger.queue === alertQueue ? [sentByAlertTopics(deployment, organizationId)] : [];
      const queue = await createQueue(installation, trigger.queue, { deadLetters, declaration, senders });
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
      return installFunctionUrl(installation.clients, nameOf(deployment, declaration.name));
  }
}

async function createFunction(
  declaration: FunctionDeclaration,
  installation: InstallationPlan,
  deadLetters: string,
): Promise<string> {
  const { clients, deployment, environment } = installation;
  const name = nameOf(deployment, declaration.name);
  const arn = centralArn(deployment, 'lambda', `function:${name}`);
  await clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Description: declaration.purpose,
      Role: `arn:aws:iam::${deployment.account}:role${functionRolesPath(deployment)}${name}`,
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
      MaximumRetryAttempts: retriesOfEvents,
      DestinationConfig: { OnFailure: { Destination: deadLetters } },
    }),
  );
  return arn;
}

/** Creates the role of a function, with its grants and nothing else; IAM takes a while to tell others. */
export async function createFunctionRole(
  declaration: FunctionDeclaration,
  { clients, deployment }: InstallationPlan,
): Promise<void> {
  const RoleName = nameOf(deployment, declaration.name);
  await clients.iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: functionRolesPath(deployment),
      AssumeRolePolicyDocument: JSON.stringify(trustOf('lambda.amazonaws.com')),
    }),
  );
  const PolicyDocument = JSON.stringify(policyOf(functionGrants(declaration, deployment)));
  await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Needs', PolicyDocument }));
}

interface QueueUse {
  readonly deadLetters: string;
  readonly declaration: FunctionDeclaration;
  /** Who may send, beside functions that are granted it. */
  readonly senders: readonly Statement[];
}

/** Answers the ARN of the queue. */
async function createQueue(
  { clients, deployment }: InstallationPlan,
  name: string,
  use?: QueueUse,
): Promise<string> {
  const attributes = use && {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: use.deadLetters, maxReceiveCount: triesOfMessages }),
    VisibilityTimeout: String(
      hiddenInSeconds(use.declaration.timeoutInSeconds, batchOf(use.declaration.trigger).seconds),
    ),
    ...(use.senders.length > 0 ? { Policy: JSON.stringify(policyDocument(...use.senders)) } : {}),
  };
  await clients.sqs.send(
    new CreateQueueCommand({
      QueueName: nameOf(deployment, name),
      Attributes: { MessageRetentionPeriod: String(retentionInSeconds), ...attributes },
    }),
  );
  return queueArn(deployment, name);
}

async function putRule(
  declaration: FunctionDeclaration,
  installation: InstallationPlan,
  when: { readonly EventPattern: string } | { readonly ScheduleExpression: string },
): Promise<string> {
  const { RuleArn } = await installation.clients.events.send(
    new PutRuleCommand({
      Name: nameOf(installation.deployment, declaration.name),
      Description: declaration.purpose,
      ...when,
    }),
  );
  return RuleArn ?? '';
}

async function target(
  declaration: FunctionDeclaration,
  installation: InstallationPlan,
  ruleArn: string,
  functionArn: string,
): Promise<void> {
  await installation.clients.lambda.send(
    new AddPermissionCommand({
      FunctionName: nameOf(installation.deployment, declaration.name),
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
  installation: InstallationPlan,
  arn: string,
): Promise<void> {
  await installation.clients.events.send(
    new PutTargetsCommand({
      Rule: nameOf(installation.deployment, declaration.name),
      Targets: [{ Id: 'Function', Arn: arn }],
    }),
  );
}

async function mapQueue(
  { clients }: InstallationPlan,
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
