import {
  DeleteFunctionEventInvokeConfigCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { number, text } from './property-shapes.ts';
import { defineResource } from './resource-provider.ts';

const shape = z.strictObject({
  FunctionName: text,
  Qualifier: text,
  MaximumEventAgeInSeconds: number.optional(),
  MaximumRetryAttempts: number.optional(),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: text }).optional() })
    .optional(),
});

/** AWS::Lambda::EventInvokeConfig */
export const lambdaRetries = defineResource({
  type: 'AWS::Lambda::EventInvokeConfig',
  shape,
  async create(settings, { clients: { lambda } }) {
    await lambda.send(new PutFunctionEventInvokeConfigCommand(settings));
    const id = `${settings.FunctionName}|${settings.Qualifier}`;
    return { physicalId: id, reference: id, attributes: {} };
  },
  async update({ resource, former, properties: settings }, { clients: { lambda } }) {
    const { FunctionName, Qualifier } = former;
    if (settings.FunctionName !== FunctionName || settings.Qualifier !== Qualifier) return undefined;
    await lambda.send(new PutFunctionEventInvokeConfigCommand(settings));
    return resource;
  },
  remove: (_, { FunctionName, Qualifier }, { clients: { lambda } }) =>
    unlessGone(lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName, Qualifier }))),
});
