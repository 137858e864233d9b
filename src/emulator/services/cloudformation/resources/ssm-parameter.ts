import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { tagMap, tagsFrom, text } from './property-shapes.ts';
import { defineResource } from './resource-provider.ts';
import { tagChanges } from './tag-changes.ts';

const shape = z.strictObject({
  Name: text.optional(),
  Type: z.enum(['String', 'StringList']),
  Value: text,
  Description: text.optional(),
  AllowedPattern: text.optional(),
  Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).optional(),
  Tags: tagMap,
});

type Parameter = z.infer<typeof shape>;

/** AWS::SSM::Parameter */
export const ssmParameter = defineResource({
  type: 'AWS::SSM::Parameter',
  shape,
  async create(parameter, { clients: { ssm }, givenName, tags }) {
    const { Name = givenName, Tags, ...described } = parameter;
    await ssm.send(new PutParameterCommand({ ...described, Name, Tags: tagsFrom(listOf(Tags), tags) }));
    return describe(Name, parameter);
  },
  async update({ resource: { physicalId: Name }, former, properties: parameter }, { clients: { ssm } }) {
    if (parameter.Name !== former.Name) return undefined;
    const { Tags, ...described } = parameter;
    await ssm.send(new PutParameterCommand({ ...described, Name, Overwrite: true }));
    const { added, removed } = tagChanges(listOf(former.Tags), listOf(Tags));
    const parameterNamed = { ResourceType: 'Parameter' as const, ResourceId: Name };
    if (added.length > 0) await ssm.send(new AddTagsToResourceCommand({ ...parameterNamed, Tags: added }));
    if (removed.length > 0)
      await ssm.send(new RemoveTagsFromResourceCommand({ ...parameterNamed, TagKeys: removed }));
    return describe(Name, parameter);
  },
  remove: ({ physicalId: Name }, _, { clients: { ssm } }) =>
    unlessGone(ssm.send(new DeleteParameterCommand({ Name }))),
});

const describe = (name: string, { Type, Value }: Parameter) => ({
  physicalId: name,
  reference: name,
  attributes: { Type, Value },
});

const listOf = (tags: Parameter['Tags'] = {}) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
