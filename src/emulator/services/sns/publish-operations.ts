import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import { readNotice, type Publication } from './notice.ts';
import { invalidParameter } from './sns-refusals.ts';
import type { TopicSending } from './topic-delivery.ts';
import type { Topic, Topics } from './topics.ts';

export interface PublishInput extends Publication {
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly PhoneNumber?: string;
}

export interface PublishBatchInput {
  readonly TopicArn?: string;
  readonly PublishBatchRequestEntries?: readonly (Publication & { readonly Id?: string })[];
}

const mostEntries = 10;

/** Messages to all who are subscribed to a topic. */
export function publishOperations(platform: Platform, topics: Topics, sending: TopicSending) {
  function publish(topic: Topic, publication: Publication): { MessageId: string } {
    const id = platform.nextId();
    const notice = readNotice(publication, { id, topicArn: topic.arn, publishedAt: platform.clock.now() });
    sending.send(topic, notice);
    return { MessageId: id };
  }

  return {
    publish,
    operations: {
      Publish(input: PublishInput) {
        if (input.PhoneNumber !== undefined) throw notImplemented('sns', 'text messages to telephones');
        return publish(topics.get(input.TopicArn ?? input.TargetArn), input);
      },
      PublishBatch(input: PublishBatchInput) {
        const topic = topics.get(input.TopicArn);
        const entries = input.PublishBatchRequestEntries ?? [];
        checkIds(entries.map(({ Id = '' }) => Id));
        const Successful: { Id: string; MessageId: string }[] = [];
        const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
        for (const entry of entries) {
          const { Id = '' } = entry;
          try {
            Successful.push({ Id, ...publish(topic, entry) });
          } catch (fault) {
            if (!(fault instanceof AwsError) || fault.status >= 500) throw fault;
            Failed.push({ Id, Code: fault.code, Message: fault.message, SenderFault: true });
          }
        }
        return { Successful, Failed };
      },
    },
  };
}

function checkIds(ids: readonly string[]) {
  if (ids.length === 0)
    throw new AwsError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (ids.length > mostEntries)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    );
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) throw invalidParameter('Id');
  if (new Set(ids).size < ids.length)
    throw new AwsError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
}
