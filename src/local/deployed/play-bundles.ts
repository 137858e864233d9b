import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import type { AccountId } from '#domain/account.ts';
import type { Cloud } from '#emulator/cloud.ts';
import type { FunctionBehaviour, InvocationContext } from '#emulator/services/lambda/function-behaviour.ts';
import { clientsOf } from '../account-clients.ts';
import { consoleVariable } from '#runtime/lambda-entry.ts';
import type { Outside } from '../play-functions.ts';
import { answerCall } from './answer-call.ts';
import { containerProgram } from './container-program.ts';
import { openContainer } from './container.ts';
import { logStream, type Image } from './image.ts';
import { createWarmContainers, type Lease } from './warm-containers.ts';

/** Finds the folder that holds the code which was uploaded to an address. */
export type CodeAt = (location: string) => string | undefined;

/** The code of deployed functions at work, each invocation in a container that no other shares meanwhile. */
export interface PlayedBundles {
  readonly behaviour: FunctionBehaviour;
  close(): Promise<void>;
}

export class CodeNotUploaded extends Error {
  override readonly name = 'Runtime.ImportModuleError';
  readonly location: string;
  constructor(location: string) {
    super(`no code was uploaded to ${location}: deploy the function again`);
    this.location = location;
  }
}

/** Credentials are good for longer than a container lives. */
const lifetimeInSeconds = { ofContainers: 2 * 3600, ofCredentials: 3 * 3600 };

export function playBundles(cloud: Cloud, outside: Outside, codeAt: CodeAt): PlayedBundles {
  const warm = createWarmContainers();

  async function open(context: InvocationContext): Promise<Lease> {
    const image = await imageOf(cloud, context, codeAt);
    const place = { account: context.account, region: context.region };
    const isLogged = mayLog(cloud, context, image);
    const container = openContainer(image, {
      now: cloud.clock.now,
      write(line) {
        // What the role of a function may not log is lost, and the metrics in it too.
        if (!isLogged) return;
        cloud.cloudwatch.ingest(line, place);
        outside.write(line);
      },
      answer: (request, { work }) =>
        answerCall(cloud, outside, request, (milliseconds) => work.sleep(milliseconds)),
    });
    return { container, until: cloud.clock.now() + lifetimeInSeconds.ofContainers * 1000 };
  }

  return {
    async behaviour(event, context) {
      const key = `${context.functionArn} ${context.revision}`;
      const lease = await warm.take(key, cloud.clock.now(), () => open(context));
      try {
        return await lease.container.run(event, context);
      } finally {
        warm.keep(key, lease);
      }
    },
    close: () => warm.close(),
  };
}

/** How a function is set up, as Lambda tells it. */
async function imageOf(cloud: Cloud, context: InvocationContext, codeAt: CodeAt): Promise<Image> {
  const { account, region, functionName, environment } = context;
  const { lambda } = clientsOf(cloud, account, region);
  const { Code, Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: functionName }));
  const { Role = '', Handler = '', MemorySize = 128, LoggingConfig } = Configuration ?? {};
  const folder = codeAt(Code?.Location ?? '');
  if (folder === undefined) throw new CodeNotUploaded(Code?.Location ?? '');
  const [file = '', handler = ''] = Handler.split('.');
  const logGroup = LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
  return {
    program: await containerProgram(),
    file: `${folder}/${file}.mjs`,
    handler,
    memoryInMegabytes: MemorySize,
    logGroup,
    variables: {
      ...environment,
      ...credentials(cloud, Role, functionName, account),
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      [consoleVariable]: cloud.endpoint(),
      AWS_EXECUTION_ENV: `AWS_Lambda_${Configuration?.Runtime ?? ''}`,
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
      AWS_LAMBDA_LOG_STREAM_NAME: logStream,
      LAMBDA_TASK_ROOT: folder,
      TZ: ':UTC',
      _HANDLER: Handler,
    },
  };
}

function credentials({ identity }: Cloud, role: string, session: string, account: AccountId) {
  const lifetime = { seconds: lifetimeInSeconds.ofCredentials, clock: 'simulated' } as const;
  const by = { service: 'lambda.amazonaws.com', account };
  const { accessKeyId, secretAccessKey, sessionToken } = identity.assume(role, session, by, lifetime);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}

function mayLog(
  { identity }: Cloud,
  { account, region, credentials: { accessKeyId } }: InvocationContext,
  { logGroup }: Image,
): boolean {
  const caller = identity.sessionOf(accessKeyId);
  const resource = `arn:aws:logs:${region}:${account}:log-group:${logGroup}:log-stream:${logStream}`;
  return caller !== undefined && identity.allows(caller, { action: 'logs:PutLogEvents', resource });
}
