import type { InitializeMiddleware, MetadataBearer, MiddlewareStack } from '@smithy/types';
import type { AccountId } from '#domain/account.ts';
import type { Cloud } from './cloud.ts';
import { wireValue } from './wire/json-protocol.ts';

/**
 * Has the commands of a client carried out without a request: for an administrator who installs hundreds of things of which
 * nobody looks at the bytes. Faults are AwsErrors then, not those of the SDK.
 */
export function goPastTheWire<Input extends object, Output extends MetadataBearer>(
  { middlewareStack }: { readonly middlewareStack: MiddlewareStack<Input, Output> },
  cloud: Pick<Cloud, 'operate'>,
  place: { readonly service: string; readonly account: AccountId; readonly region: string },
): void {
  const carryOut: InitializeMiddleware<Input, Output> =
    (_next, { commandName }) =>
    async ({ input }) => {
      const operation = String(commandName).replace(/Command$/, '');
      const output = await cloud.operate({ ...place, operation, input: wireValue(input) as object });
      return { output: { $metadata: {}, ...(output as object) } as Output, response: undefined };
    };
  middlewareStack.add(carryOut, { step: 'initialize', priority: 'high', name: 'goPastTheWire' });
}
