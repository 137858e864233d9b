import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SQSClient,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import { errandQueues, linesOfWork } from '#events/errand.ts';
import type { Errands } from '#ports/errands.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

const mostPerCall = 10;
const attempts = 5;
const pauseInMilliseconds = 500;
const longestDelayInSeconds = 900;

export class MessagesRefused extends Error {
  override readonly name = 'MessagesRefused';
  readonly queue: string;
  constructor(queue: string, count: number) {
    super(`SQS has refused ${count} messages for queue ${queue}`);
    this.queue = queue;
  }
}

export interface QueueNames {
  readonly environment: string;
  readonly account: string;
}

/** Errands as messages on queues of the automation account; those that SQS refuses are sent again. */
export function createErrandQueues(access: AwsAccess, { environment, account }: QueueNames): Errands {
  // The URL is made from the name: asking for it would take a call, and its host may not be the one to talk to.
  const client = new SQSClient({ ...clientConfig(access), useQueueUrlAsEndpoint: false });

  async function send(queue: string, messages: readonly unknown[], delaySeconds: number): Promise<void> {
    const name = `${environment}${queue}`;
    const url = urlOf(queue);
    const DelaySeconds = Math.min(delaySeconds, longestDelayInSeconds);
    for (let from = 0; from < messages.length; from += mostPerCall) {
      const entries = messages
        .slice(from, from + mostPerCall)
        .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message), DelaySeconds }));
      await sendAll(url, name, entries);
    }
  }

  const urlOf = (queue: string) =>
    `https://sqs.${access.region}.amazonaws.com/${account}/${environment}${queue}`;

  async function messagesIn(queue: string): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const command = new GetQueueAttributesCommand({ QueueUrl: urlOf(queue), AttributeNames });
    return Number((await client.send(command)).Attributes?.['ApproximateNumberOfMessages']);
  }

  async function sendAll(
    url: string,
    name: string,
    entries: readonly SendMessageBatchRequestEntry[],
  ): Promise<void> {
    let left = entries;
    for (let attempt = 1; left.length > 0; attempt += 1) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({ QueueUrl: url, Entries: [...left] }),
      );
      const refused = new Set(Failed.map(({ Id }) => Id));
      left = left.filter(({ Id }) => refused.has(Id));
      if (left.length === 0) return;
      if (attempt === attempts) throw new MessagesRefused(name, left.length);
      await access.clock.sleep(pauseInMilliseconds * 2 ** attempt);
    }
  }

  return {
    isBacklogged: async () => (await Promise.all(linesOfWork.map(messagesIn))).some((count) => count > 0),
    changeStates: (changes) => send(errandQueues.stateChanges, changes, 0),
    changeStatesSoon: (changes) => send(errandQueues.urgentStateChanges, changes, 0),
    revisit: (accounts, afterSeconds) =>
      send(
        errandQueues.revisits,
        accounts.map((account) => ({ account })),
        afterSeconds,
      ),
  };
}
