import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib';
import { acknowledge } from './acknowledge.ts';
import { hiddenInSeconds, retentionInSeconds, triesOfMessages } from './delivery.ts';
import type { Deployment } from './grants.ts';
import { nameOf } from './plan.ts';
import { queueArn } from './queue-statements.ts';
import { policyDocument, tlsOnly, type Statement } from './statements.ts';

export interface QueueUse {
  /** Name without the environment identifier before it. */
  readonly name: string;
  /** Who may send, beside functions of the account that are granted it. */
  readonly senders: readonly Statement[];
  /** How messages are taken off the queue; or why none of them goes to dead letters. */
  readonly taken:
    | {
        readonly deadLetters: CfnQueue;
        readonly timeoutInSeconds: number;
        readonly gatheringSeconds: number;
      }
    | { readonly reason: string };
}

/** A queue of the automation account: encrypted, and reached over TLS only. */
export function addQueue(stack: Stack, deployment: Deployment, { name, senders, taken }: QueueUse): CfnQueue {
  const queue = new CfnQueue(stack, `${name}Queue`, {
    queueName: nameOf(deployment, name),
    messageRetentionPeriod: retentionInSeconds,
    sqsManagedSseEnabled: true,
    ...('reason' in taken
      ? {}
      : {
          redrivePolicy: {
            deadLetterTargetArn: taken.deadLetters.attrArn,
            maxReceiveCount: triesOfMessages,
          },
          visibilityTimeout: hiddenInSeconds(taken.timeoutInSeconds, taken.gatheringSeconds),
        }),
  });
  addPolicy(stack, queue, name, [tlsOnly('sqs:*', queueArn(deployment, name)), ...senders]);
  if ('reason' in taken) acknowledge(queue, 'SQS3', taken.reason);
  return queue;
}

const addPolicy = (stack: Stack, queue: CfnQueue, name: string, statements: readonly Statement[]) =>
  new CfnQueuePolicy(stack, `${name}QueuePolicy`, {
    queues: [queue.ref],
    policyDocument: policyDocument(...statements),
  });
