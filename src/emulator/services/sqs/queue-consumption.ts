import type { AccountId } from '#domain/account.ts';
import type { Queue, Watch } from './queue.ts';
import type { Queues } from './queues.ts';
import { readReceipt } from './receipt-handle.ts';
import { receivedFrom, type ReceivedMessage } from './receiving.ts';

/** How other services of the cloud, Lambda's mappings above all, take messages from queues. */
export interface QueueConsumption {
  find(queueArn: string): ConsumedQueue | undefined;
  /** Calls whenever messages can be received, until it is stopped: nothing has to be asked for in between. */
  watch(queueArn: string, wake: () => void): Watch;
}

/** A queue as it is set at the moment. */
export interface ConsumedQueue {
  readonly account: AccountId;
  readonly isFifo: boolean;
  readonly policy: string | undefined;
  readonly visibilityTimeoutInSeconds: number;
  isReady(): boolean;
  visible(): number;
  receive(limits: { readonly messages: number; readonly bytes: number }): readonly ReceivedMessage[];
  /** Leaves messages alone that have come back to their queue meanwhile, and must keep their order there. */
  remove(receiptHandle: string): void;
}

export function createQueueConsumption(queues: Queues): QueueConsumption {
  return {
    find(queueArn) {
      const queue = queues.find(queueArn);
      return queue && consumed(queue);
    },
    watch: (queueArn, wake) => queues.watch(queueArn, wake),
  };
}

function consumed(queue: Queue): ConsumedQueue {
  const { settings } = queue;
  return {
    account: queue.account,
    isFifo: settings.isFifo,
    policy: settings.policy,
    visibilityTimeoutInSeconds: settings.visibilityTimeoutInSeconds,
    isReady: () => queue.isReady(),
    visible: () => queue.counts().visible,
    receive: (limits) => queue.receive(limits).map((message) => receivedFrom(queue, message)),
    remove(receiptHandle) {
      const { message, hasExpired } = readReceipt(queue, receiptHandle);
      if (message && !hasExpired) queue.remove(message);
    },
  };
}
