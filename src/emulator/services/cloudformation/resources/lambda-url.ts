import { CreateFunctionUrlConfigCommand, DeleteFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { flag, number, text } from './property-shapes.ts';
import { defineResource } from './resource-provider.ts';

const shape = z.strictObject({
  TargetFunctionArn: text,
  AuthType: z.enum(['AWS_IAM', 'NONE']),
  InvokeMode: z.literal('BUFFERED').optional(),
  Cors: z
    .strictObject({
      AllowCredentials: flag.optional(),
      AllowHeaders: z.array(text).optional(),
      AllowMethods: z.array(text).optional(),
      AllowOrigins: z.array(text).optional(),
      ExposeHeaders: z.array(text).optional(),
      MaxAge: number.optional(),
    })
    .optional(),
});

/** AWS::Lambda::Url */
export const lambdaUrl = defineResource({
  type: 'AWS::Lambda::Url',
  shape,
  async create({ TargetFunctionArn: FunctionName, ...settings }, { clients: { lambda } }) {
    const { FunctionUrl, FunctionArn = '' } = await lambda.send(
      new CreateFunctionUrlConfigCommand({ ...settings, FunctionName }),
    );
    return { physicalId: FunctionArn, reference: FunctionArn, attributes: { FunctionUrl, FunctionArn } };
  },
  remove: (_, { TargetFunctionArn: FunctionName }, { clients: { lambda } }) =>
    unlessGone(lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName }))),
});
