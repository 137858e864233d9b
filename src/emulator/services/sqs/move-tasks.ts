import type {
  ListMessageMoveTasksRequest,
  ListMessageMoveTasksResult,
  StartMessageMoveTaskRequest,
  StartMessageMoveTaskResult,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';
import { invalidParameter } from './sqs-refusals.ts';

interface MoveTask {
  readonly handle: string;
  readonly source: Queue;
  readonly destinationArn: string | undefined;
  readonly perSecond: number | undefined;
  readonly startedAt: number;
  readonly toMove: number;
  moved: number;
  running: boolean;
}

/** What a queue for dead letters moves in a second when nobody says otherwise; AWS's own pace varies. */
const usualPace = 500;
const mostListed = 10;

/** Redrive: dead letters go back to the queues that they come from, or to another one. */
export function moveOperations({ clock, nextId }: Pick<Platform, 'clock' | 'nextId'>, queues: Queues) {
  const tasks = new Map<string, MoveTask[]>();

  function step(task: MoveTask) {
    const messages = task.source.receive({
      messages: Math.min(task.perSecond ?? usualPace, task.toMove - task.moved),
    });
    for (const message of messages) {
      const destination = queues.find(task.destinationArn ?? message.deadLetterSource ?? '');
      if (!destination) continue;
      task.source.remove(message);
      destination.send({ ...message, sentAt: clock.now(), deadLetterSource: undefined }, 0);
      task.moved += 1;
    }
    task.running = messages.length > 0 && task.moved < task.toMove;
    if (task.running) clock.after(1000, () => step(task));
  }

  return {
    StartMessageMoveTask(input: StartMessageMoveTaskRequest): StartMessageMoveTaskResult {
      const source = existing(queues, input.SourceArn);
      const known = tasks.get(source.arn) ?? [];
      if (queues.sourcesOf(source).length === 0)
        throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
      if (input.DestinationArn !== undefined) existing(queues, input.DestinationArn);
      if (known.some(({ running }) => running))
        throw new AwsError(
          'UnsupportedOperation',
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        );
      const task: MoveTask = {
        handle: Buffer.from(nextId()).toString('base64'),
        source,
        destinationArn: input.DestinationArn,
        perSecond: input.MaxNumberOfMessagesPerSecond,
        startedAt: clock.now(),
        toMove: source.counts().visible,
        moved: 0,
        running: true,
      };
      tasks.set(source.arn, [task, ...known]);
      step(task);
      return { TaskHandle: task.handle };
    },
    ListMessageMoveTasks(input: ListMessageMoveTasksRequest): ListMessageMoveTasksResult {
      const { arn } = existing(queues, input.SourceArn);
      const most = Math.min(input.MaxResults ?? 1, mostListed);
      return { Results: (tasks.get(arn) ?? []).slice(0, most).map(describe) };
    },
  };
}

function existing(queues: Queues, arn = ''): Queue {
  const queue = queues.find(arn);
  if (queue) return queue;
  throw new AwsError(
    'ResourceNotFoundException',
    "The resource that you specified for the SourceArn parameter doesn't exist.",
    404,
  );
}

function describe(task: MoveTask) {
  return {
    // A handle is told only while the task can be cancelled.
    TaskHandle: task.running ? task.handle : undefined,
    Status: task.running ? 'RUNNING' : 'COMPLETED',
    SourceArn: task.source.arn,
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.perSecond,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    StartedTimestamp: Math.floor(task.startedAt),
  };
}
