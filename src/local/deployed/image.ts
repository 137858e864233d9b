import type { InvocationContext } from '#emulator/services/lambda/function-behaviour.ts';
import type { ContainerData, LambdaContext } from './inside/messages.ts';

/** What a container is made of: the code of a function, and how its resource is set up. */
export interface Image extends Pick<ContainerData, 'file' | 'handler'> {
  readonly program: string;
  readonly memoryInMegabytes: number;
  readonly logGroup: string;
  /** All variables, those of Lambda and the credentials included. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Nobody reads streams here. */
export const logStream = 'local';

/** What a function is told of its invocation. */
export function lambdaContext(
  context: InvocationContext,
  { logGroup, memoryInMegabytes }: Image,
): LambdaContext {
  const { awsRequestId, functionName, functionArn, deadline } = context;
  return {
    awsRequestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryInMegabytes),
    logGroupName: logGroup,
    logStreamName: logStream,
    deadline,
  };
}
