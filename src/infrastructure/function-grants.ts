import type { FunctionDeclaration } from '#functions/define-function.ts';
import type { Trigger } from '#events/trigger.ts';
import { grants, type Deployment, type Grant } from './grants.ts';
import { centralArn, nameOf } from './plan.ts';
import { queueArn } from './queue-statements.ts';

/** Everything that the role of a function may do: what its ports take, its log, its dead letters, its own queue. */
export function functionGrants(declaration: FunctionDeclaration, deployment: Deployment): readonly Grant[] {
  const { name, needs, trigger } = declaration;
  const queue = queueOf(declaration.name, trigger);
  return unrepeated([
    ...needs.flatMap((port) => grants[port](deployment)),
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${centralArn(deployment, 'logs', `log-group:${logGroupOf(deployment, name)}`)}:*`],
      reason: 'Lambda makes a log stream for each container',
    },
    { actions: ['sqs:SendMessage'], resources: [queueArn(deployment, deadLettersOf(name))] },
    ...(queue === undefined ? [] : [{ actions: taking, resources: [queueArn(deployment, queue)] }]),
  ]);
}

const taking = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ChangeMessageVisibility',
];

/** Name of the queue that feeds a function, without the environment identifier before it. */
export function queueOf(functionName: string, trigger: Trigger<unknown>): string | undefined {
  if (trigger.kind === 'messages') return trigger.queue;
  return trigger.kind === 'events' && trigger.queued ? functionName : undefined;
}

export const deadLettersOf = (functionName: string): string => `${functionName}DeadLetters`;

export const logGroupOf = (deployment: Deployment, functionName: string): string =>
  `/aws/lambda/${nameOf(deployment, functionName)}`;

/** Two ports may take the same. */
const unrepeated = (lines: readonly Grant[]): readonly Grant[] => [
  ...new Map(lines.map((grant) => [JSON.stringify(grant), grant])).values(),
];
