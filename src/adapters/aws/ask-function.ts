import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { textMember } from '#events/shape.ts';
import { clientConfig, type AwsAccess } from './access.ts';

/** What a function has answered, or why it has failed. */
export type Answered = { readonly answer: unknown } | { readonly fault: string };

/** Has a function do what its role may, and nobody else. One call. */
export async function askFunction(access: AwsAccess, FunctionName: string): Promise<Answered> {
  const command = new InvokeCommand({ FunctionName, Payload: Buffer.from('{}') });
  const { Payload, FunctionError } = await new LambdaClient(clientConfig(access)).send(command);
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
  return FunctionError ? { fault: textMember(answer, 'errorMessage') ?? FunctionError } : { answer };
}
