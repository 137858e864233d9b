import { AddPermissionCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { flag, text } from './property-shapes.ts';
import { defineResource } from './resource-provider.ts';

const shape = z.strictObject({
  FunctionName: text,
  Action: text,
  Principal: text,
  SourceArn: text.optional(),
  SourceAccount: text.optional(),
  PrincipalOrgID: text.optional(),
  FunctionUrlAuthType: z.enum(['AWS_IAM', 'NONE']).optional(),
  InvokedViaFunctionUrl: flag.optional(),
});

/** AWS::Lambda::Permission */
export const lambdaPermission = defineResource({
  type: 'AWS::Lambda::Permission',
  shape,
  async create(permission, { clients: { lambda }, givenName: StatementId }) {
    await lambda.send(new AddPermissionCommand({ ...permission, StatementId }));
    return { physicalId: StatementId, reference: StatementId, attributes: { Id: StatementId } };
  },
  remove: ({ physicalId: StatementId }, { FunctionName }, { clients: { lambda } }) =>
    unlessGone(lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }))),
});
