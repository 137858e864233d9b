import { isAccountId, type AccountId } from '#domain/account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { QueuedMessage } from './message.ts';
import { createQueue, type Queue, type Watch } from './queue.ts';
import type { QueueSettings } from './queue-settings.ts';
import { queueDoesNotExist } from './sqs-refusals.ts';

/** The queues of all accounts and regions. */
export interface Queues {
  create(place: Place, name: string, settings: QueueSettings): Queue;
  remove(queue: Queue): void;
  find(arn: string): Queue | undefined;
  /** By a URL on any host, since clients know this machine by several names. Throws QueueDoesNotExist. */
  at(url: string | undefined, region: string): Queue;
  arnAt(url: string | undefined, region: string): string;
  urlOf(queue: Queue): string;
  /** In the order of their names. */
  list(place: Place): readonly Queue[];
  /** Calls whenever messages can be received from the queue of this name, be it there already or not. */
  watch(arn: string, wake: () => void): Watch;
  /** Queues that send their dead letters to this one. */
  sourcesOf(queue: Queue): readonly Queue[];
}

export interface Place {
  readonly account: AccountId;
  readonly region: string;
}

const pauseAfterDeletionInSeconds = 60;

export function createQueues({ clock, endpoint }: Pick<Platform, 'clock' | 'endpoint'>): Queues {
  const queues = new Map<string, Queue>();
  const homes = new Map<string, Map<string, Queue>>();
  const deletedAt = new Map<string, number>();
  const watchers = new Map<string, Set<() => void>>();

  function homeOf({ account, region }: Place): Map<string, Queue> {
    const key = `${account} ${region}`;
    const home = homes.get(key) ?? new Map<string, Queue>();
    homes.set(key, home);
    return home;
  }

  function watchersOf(arn: string): Set<() => void> {
    const known = watchers.get(arn) ?? new Set<() => void>();
    watchers.set(arn, known);
    return known;
  }

  /** A message that was received too often goes to the queue for dead letters, if that exists and takes it. */
  function giveUp(queue: Queue, message: QueuedMessage): boolean {
    const deadLetters = queues.get(queue.settings.redrive?.deadLetterArn ?? '');
    const allowed = deadLetters?.settings.mayRedriveFrom?.includes(queue.arn) ?? true;
    if (!deadLetters || !allowed) return false;
    deadLetters.send({ ...message, deadLetterSource: queue.arn }, 0);
    return true;
  }

  function list(place: Place): readonly Queue[] {
    return [...homeOf(place).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  return {
    create(place, name, settings) {
      const arn = queueArn(place, name);
      const wait = (deletedAt.get(arn) ?? -Infinity) + pauseAfterDeletionInSeconds * 1000;
      if (wait > clock.now()) throw deletedRecently();
      const identity = { account: place.account, region: place.region, name, arn };
      const queue = createQueue(identity, settings, { clock, giveUp, watchers: watchersOf(arn) });
      queues.set(arn, queue);
      homeOf(place).set(name, queue);
      return queue;
    },
    remove(queue) {
      queue.purge();
      queues.delete(queue.arn);
      homeOf(queue).delete(queue.name);
      deletedAt.set(queue.arn, clock.now());
    },
    find: (arn) => queues.get(arn),
    at(url, region) {
      const queue = queues.get(arnFromUrl(url, region) ?? '');
      if (queue) return queue;
      throw queueDoesNotExist();
    },
    arnAt: (url, region) => arnFromUrl(url, region) ?? '*',
    urlOf: ({ account, name }) => `${endpoint()}/${account}/${name}`,
    list,
    watch(arn, wake) {
      const watch = queues.get(arn)?.watch(wake);
      const waiting = watchersOf(arn).add(wake);
      return watch ?? { stop: () => void waiting.delete(wake) };
    },
    sourcesOf: (queue) => list(queue).filter(({ settings }) => settings.redrive?.deadLetterArn === queue.arn),
  };
}

export function queueArn({ account, region }: { account: string; region: string }, name: string): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

function arnFromUrl(url = '', region: string): string | undefined {
  const [name = '', account] = url.split('/').reverse();
  return isAccountId(account) ? queueArn({ account, region }, name) : undefined;
}

function deletedRecently(): AwsError {
  return new AwsError(
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
  );
}
