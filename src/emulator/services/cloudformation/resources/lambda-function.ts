import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { unlessGone } from './gone.ts';
import { number, tagList, tagObject, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';
import { tagChanges } from './tag-changes.ts';

const shape = z.strictObject({
  FunctionName: text.optional(),
  Description: text.optional(),
  Role: text,
  Runtime: z.enum(['nodejs22.x', 'nodejs24.x', 'python3.12', 'python3.13', 'python3.14']),
  Handler: text,
  Code: z.union([z.strictObject({ S3Bucket: text, S3Key: text }), z.strictObject({ ZipFile: text })]),
  Timeout: number.optional(),
  MemorySize: number.optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), text).optional() }).optional(),
  Architectures: z.array(z.enum(['x86_64', 'arm64'])).optional(),
  LoggingConfig: z
    .strictObject({ LogGroup: text.optional(), LogFormat: z.enum(['Text', 'JSON']).optional() })
    .optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: text }).optional(),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) }).optional(),
  Tags: tagList,
});

type Code = z.infer<typeof shape>['Code'];

/** AWS::Lambda::Function, from code that is in a bucket or in the template */
export const lambdaFunction = defineResource({
  type: 'AWS::Lambda::Function',
  shape,
  async create(lambda, site) {
    await checkCode(lambda.Code, site);
    const FunctionName = lambda.FunctionName ?? site.givenName;
    const Tags = tagObject(lambda.Tags, site.tags);
    const command = new CreateFunctionCommand({ ...lambda, Code: uploaded(lambda.Code), FunctionName, Tags });
    return describe(await site.clients.lambda.send(command));
  },
  async update({ resource: { physicalId: FunctionName }, former, properties: lambda }, site) {
    const { Code, Tags, Architectures, ...configuration } = lambda;
    const client = site.clients.lambda;
    if (lambda.FunctionName !== former.FunctionName) return undefined;
    await checkCode(Code, site);
    await client.send(new UpdateFunctionCodeCommand({ FunctionName, ...uploaded(Code), Architectures }));
    const updated = await client.send(
      new UpdateFunctionConfigurationCommand({ ...configuration, FunctionName }),
    );
    const { added, removed } = tagChanges(former.Tags, Tags);
    const Resource = updated.FunctionArn;
    if (added.length > 0) await client.send(new TagResourceCommand({ Resource, Tags: tagObject(added, {}) }));
    if (removed.length > 0) await client.send(new UntagResourceCommand({ Resource, TagKeys: removed }));
    return describe(updated);
  },
  remove: ({ physicalId: FunctionName }, _, { clients: { lambda } }) =>
    unlessGone(lambda.send(new DeleteFunctionCommand({ FunctionName }))),
});

/** Code in the template is the source of its only file. */
const uploaded = (code: Code) => ('ZipFile' in code ? { ZipFile: Buffer.from(code.ZipFile) } : code);

/** Lambda takes the code with the permissions of whoever deploys. */
async function checkCode(code: Code, { clients: { s3 } }: Site): Promise<void> {
  if ('ZipFile' in code) return;
  const { S3Bucket: Bucket, S3Key: Key } = code;
  try {
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.name : String(cause);
    throw new AwsError(
      'InvalidParameterValueException',
      `Error occurred while GetObject. S3 Error Code: ${reason}. Code s3://${Bucket}/${Key} cannot be read`,
    );
  }
}

function describe({ FunctionName = '', FunctionArn }: FunctionConfiguration) {
  return { physicalId: FunctionName, reference: FunctionName, attributes: { Arn: FunctionArn } };
}
