import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { webEndpoints } from '#adapters/attachments/web-endpoints.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import type { AccountClients } from './account-clients.ts';

/** Gives a function an address on the web that is open to everybody: the function itself judges what it is asked. */
export async function installFunctionUrl({ lambda }: AccountClients, FunctionName: string): Promise<void> {
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }));
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'Everybody',
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'EverybodyByUrl',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
      InvokedViaFunctionUrl: true,
    }),
  );
}

/** Keeps the addresses where functions and people look them up. */
export async function storeWebEndpoints(
  { lambda, ssm }: AccountClients,
  environment: string,
  declarations: readonly FunctionDeclaration[],
): Promise<void> {
  const urls: Record<string, string> = {};
  for (const { name, trigger } of declarations) {
    if (trigger.kind !== 'web') continue;
    const FunctionName = `${environment}${name}`;
    const { FunctionUrl = '' } = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }));
    urls[trigger.endpoint] = FunctionUrl;
  }
  const Name = `/${environment}/${webEndpoints}`;
  await ssm.send(new PutParameterCommand({ Name, Value: JSON.stringify(urls), Type: 'String' }));
}
