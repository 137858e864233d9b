import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { number, tagList, tagObject, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';
import { tagChanges } from './tag-changes.ts';

const shape = z.strictObject({
  LogGroupName: text.optional(),
  RetentionInDays: number.optional(),
  Tags: tagList,
});

type LogGroup = z.infer<typeof shape>;

/** AWS::Logs::LogGroup */
export const logsLogGroup = defineResource({
  type: 'AWS::Logs::LogGroup',
  shape,
  async create(group, site) {
    const logGroupName = group.LogGroupName ?? site.givenName;
    const tags = tagObject(group.Tags, site.tags);
    await site.clients.logs('CreateLogGroup', { logGroupName, tags });
    await retain(logGroupName, group, site);
    return {
      physicalId: logGroupName,
      reference: logGroupName,
      attributes: attributesOf(logGroupName, site),
    };
  },
  async update({ resource, former, properties: group }, site) {
    const { logs } = site.clients;
    if (group.LogGroupName !== former.LogGroupName) return undefined;
    await retain(resource.physicalId, group, site);
    const { added, removed } = tagChanges(former.Tags, group.Tags);
    const resourceArn = attributesOf(resource.physicalId, site).Arn.replace(/:\*$/, '');
    if (added.length > 0) await logs('TagResource', { resourceArn, tags: tagObject(added, {}) });
    if (removed.length > 0) await logs('UntagResource', { resourceArn, tagKeys: removed });
    return resource;
  },
  remove: ({ physicalId: logGroupName }, _, { clients: { logs } }) =>
    unlessGone(logs('DeleteLogGroup', { logGroupName })),
});

async function retain(logGroupName: string, { RetentionInDays }: LogGroup, { clients: { logs } }: Site) {
  if (RetentionInDays === undefined) await logs('DeleteRetentionPolicy', { logGroupName });
  else await logs('PutRetentionPolicy', { logGroupName, retentionInDays: RetentionInDays });
}

const attributesOf = (name: string, { account, region }: Site) => ({
  Arn: `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
});
