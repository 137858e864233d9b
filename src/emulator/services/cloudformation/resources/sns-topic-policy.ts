import { SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { document, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';

const shape = z.strictObject({ Topics: z.array(text), PolicyDocument: document });

/** AWS::SNS::TopicPolicy */
export const snsTopicPolicy = defineResource({
  type: 'AWS::SNS::TopicPolicy',
  shape,
  async create({ Topics, PolicyDocument }, site) {
    await setPolicies(Topics, PolicyDocument, site);
    return { physicalId: site.givenName, reference: site.givenName, attributes: { Id: site.givenName } };
  },
  async update({ resource, former, properties: { Topics, PolicyDocument } }, site) {
    const kept = new Set(Topics);
    await setPolicies(Topics, PolicyDocument, site);
    for (const topic of former.Topics.filter((one) => !kept.has(one))) await restore(topic, site);
    return resource;
  },
  async remove(_, { Topics }, site) {
    for (const topic of Topics) await unlessGone(restore(topic, site));
  },
});

async function setPolicies(topics: readonly string[], AttributeValue: string, { clients: { sns } }: Site) {
  for (const TopicArn of topics)
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
}

/** A topic always has a policy: without one of ours, its owner's account may do what it likes with it. */
async function restore(topic: string, site: Site) {
  const owner = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes', 'sns:SetTopicAttributes'],
    Resource: topic,
    Condition: { StringEquals: { 'AWS:SourceOwner': site.account } },
  };
  await setPolicies([topic], JSON.stringify({ Version: '2008-10-17', Statement: [owner] }), site);
}
