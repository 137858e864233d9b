import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { document, flag, number, tagList, tagObject, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';
import { tagChanges } from './tag-changes.ts';

/** So long SQS takes no other queue of the name, and CloudFormation waits. */
const forgettingInMilliseconds = 60_000;

const attributeShapes = {
  DelaySeconds: number.optional(),
  MaximumMessageSize: number.optional(),
  MessageRetentionPeriod: number.optional(),
  ReceiveMessageWaitTimeSeconds: number.optional(),
  RedrivePolicy: document.optional(),
  SqsManagedSseEnabled: flag.optional(),
  VisibilityTimeout: number.optional(),
};

const shape = z.strictObject({ QueueName: text.optional(), Tags: tagList, ...attributeShapes });

type Queue = z.infer<typeof shape>;

/** AWS::SQS::Queue */
export const sqsQueue = defineResource({
  type: 'AWS::SQS::Queue',
  shape,
  async create(queue, site) {
    const { QueueName = site.givenName, Tags } = queue;
    const Attributes = attributesOf(queue);
    const { QueueUrl = '' } = await site.clients.sqs.send(
      new CreateQueueCommand({ QueueName, Attributes, tags: tagObject(Tags, site.tags) }),
    );
    return describe(QueueUrl, site);
  },
  async update({ resource: { physicalId: QueueUrl }, former, properties: queue }, site) {
    const { sqs } = site.clients;
    if (queue.QueueName !== former.QueueName) return undefined;
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributesOf(queue) }));
    const { added, removed } = tagChanges(former.Tags, queue.Tags);
    if (added.length > 0) await sqs.send(new TagQueueCommand({ QueueUrl, Tags: tagObject(added, {}) }));
    if (removed.length > 0) await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: removed }));
    return describe(QueueUrl, site);
  },
  async remove({ physicalId: QueueUrl }, _, { clients: { sqs }, sleep }) {
    await unlessGone(sqs.send(new DeleteQueueCommand({ QueueUrl })));
    await sleep(forgettingInMilliseconds);
  },
});

/** The attributes that the queue is to have, as the text that SQS takes. */
function attributesOf(queue: Queue): Record<string, string> {
  const names = Object.keys(attributeShapes) as (keyof typeof attributeShapes)[];
  return Object.fromEntries(
    names.flatMap((name) => (queue[name] === undefined ? [] : [[name, String(queue[name])]])),
  );
}

async function describe(QueueUrl: string, { clients: { sqs } }: Site) {
  const AttributeNames = ['QueueArn' as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  const Arn = Attributes?.QueueArn ?? '';
  const attributes = { Arn, QueueName: Arn.split(':').at(-1), QueueUrl };
  return { physicalId: QueueUrl, reference: QueueUrl, attributes };
}
