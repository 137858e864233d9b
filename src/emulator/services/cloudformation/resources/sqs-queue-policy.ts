import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { document, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';

const shape = z.strictObject({ Queues: z.array(text), PolicyDocument: document });

/** AWS::SQS::QueuePolicy */
export const sqsQueuePolicy = defineResource({
  type: 'AWS::SQS::QueuePolicy',
  shape,
  async create({ Queues, PolicyDocument }, site) {
    await setPolicies(Queues, PolicyDocument, site);
    return { physicalId: site.givenName, reference: site.givenName, attributes: { Id: site.givenName } };
  },
  async update({ resource, former, properties: { Queues, PolicyDocument } }, site) {
    const kept = new Set(Queues);
    await setPolicies(Queues, PolicyDocument, site);
    await clear(
      former.Queues.filter((queue) => !kept.has(queue)),
      site,
    );
    return resource;
  },
  remove: async (_, { Queues }, site) => clear(Queues, site),
});

async function setPolicies(queues: readonly string[], Policy: string, { clients: { sqs } }: Site) {
  for (const QueueUrl of queues)
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
}

async function clear(queues: readonly string[], site: Site) {
  for (const queue of queues) await unlessGone(setPolicies([queue], '', site));
}
