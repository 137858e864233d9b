import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { flag, number, tagList, tagObject, text } from './property-shapes.ts';
import { defineResource } from './resource-provider.ts';
import { isSame } from '../template/members.ts';

const shape = z.strictObject({
  FunctionName: text,
  EventSourceArn: text,
  BatchSize: number.optional(),
  Enabled: flag.optional(),
  MaximumBatchingWindowInSeconds: number.optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: number.optional() }).optional(),
  Tags: tagList,
});

/** AWS::Lambda::EventSourceMapping */
export const lambdaEventSourceMapping = defineResource({
  type: 'AWS::Lambda::EventSourceMapping',
  shape,
  async create({ Tags, ...mapping }, { clients: { lambda }, tags }) {
    const command = new CreateEventSourceMappingCommand({ ...mapping, Tags: tagObject(Tags, tags) });
    return describe(await lambda.send(command));
  },
  async update({ resource: { physicalId: UUID }, former, properties }, { clients: { lambda } }) {
    const { Tags, EventSourceArn, ...mapping } = properties;
    if (EventSourceArn !== former.EventSourceArn || !isSame(Tags, former.Tags)) return undefined;
    return describe(await lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...mapping })));
  },
  remove: ({ physicalId: UUID }, _, { clients: { lambda } }) =>
    unlessGone(lambda.send(new DeleteEventSourceMappingCommand({ UUID }))),
});

function describe({ UUID = '', EventSourceMappingArn }: EventSourceMappingConfiguration) {
  return { physicalId: UUID, reference: UUID, attributes: { Id: UUID, EventSourceMappingArn } };
}
