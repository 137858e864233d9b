import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { tagList, tagsFrom, text } from './property-shapes.ts';
import { defineResource } from './resource-provider.ts';
import { tagChanges } from './tag-changes.ts';

const shape = z.strictObject({
  TopicName: text.optional(),
  DisplayName: text.optional(),
  KmsMasterKeyId: text.optional(),
  Tags: tagList,
});

/** AWS::SNS::Topic */
export const snsTopic = defineResource({
  type: 'AWS::SNS::Topic',
  shape,
  async create({ TopicName, Tags, DisplayName = '', KmsMasterKeyId = '' }, site) {
    const Name = TopicName ?? site.givenName;
    const given = Object.entries({ DisplayName, KmsMasterKeyId }).filter(([, value]) => value !== '');
    const Attributes = Object.fromEntries(given);
    const command = new CreateTopicCommand({ Name, Tags: tagsFrom(Tags, site.tags), Attributes });
    const { TopicArn = '' } = await site.clients.sns.send(command);
    return { physicalId: TopicArn, reference: TopicArn, attributes: { TopicArn, TopicName: Name } };
  },
  async update({ resource, former, properties: topic }, { clients: { sns } }) {
    const { physicalId: TopicArn } = resource;
    if (topic.TopicName !== former.TopicName) return undefined;
    for (const AttributeName of ['DisplayName', 'KmsMasterKeyId'] as const) {
      const AttributeValue = topic[AttributeName] ?? '';
      if (AttributeValue !== (former[AttributeName] ?? ''))
        await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
    }
    const { added, removed } = tagChanges(former.Tags, topic.Tags);
    const ResourceArn = TopicArn;
    if (added.length > 0) await sns.send(new TagResourceCommand({ ResourceArn, Tags: added }));
    if (removed.length > 0) await sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: removed }));
    return resource;
  },
  remove: ({ physicalId: TopicArn }, _, { clients: { sns } }) =>
    unlessGone(sns.send(new DeleteTopicCommand({ TopicArn }))),
});
