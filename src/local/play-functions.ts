import { AsyncLocalStorage } from 'node:async_hooks';
import type { SendWeb } from '#adapters/chat/send-web.ts';
import type { FetchPage } from '#adapters/exchange-rates/fetch-page.ts';
import type { AwsAccess } from '#adapters/aws/access.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { Cloud } from '#emulator/cloud.ts';
import { inProcessClient } from '#emulator/in-process-client.ts';
import type { Platform } from '#emulator/platform.ts';
import type { FunctionBehaviour, InvocationContext } from '#emulator/services/lambda/function-behaviour.ts';
import { functionsFor } from '#functions/catalogue.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import type { Clock } from '#ports/clock.ts';
import { connect } from '#runtime/connect.ts';
import { allConnectors } from '#runtime/connectors/all-connectors.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { handle, type Setting } from '#runtime/handle.ts';
import { seededRandom } from './world/seeded-random.ts';

/** Where lines of the log go, what functions say on the web, and what they read there. */
export interface Outside {
  readonly write: (line: string) => void;
  readonly sendWeb: SendWeb;
  readonly fetchPage: FetchPage;
}

/** Plays the declared functions from their sources, on the simulated clock. */
export function playFunctions(cloud: Cloud, settings: Settings, outside: Outside): void {
  const { accountId, region } = settings.automation;
  const place = { account: accountId, region };
  const log = (line: string) => {
    cloud.cloudwatch.ingest(line, place);
    outside.write(line);
  };
  for (const declaration of functionsFor(settings)) {
    const name = `${settings.environment}${declaration.name}`;
    cloud.lambda.behave(
      `arn:aws:lambda:${region}:${accountId}:function:${name}`,
      player(cloud, declaration, { ...outside, write: log }),
    );
  }
}

/** A container serves one invocation at a time, keeps what it has read for the next one, and dies with its machine. */
function player(
  cloud: Cloud,
  declaration: FunctionDeclaration,
  { write, ...web }: Outside,
): FunctionBehaviour {
  const current = new AsyncLocalStorage<InvocationContext>();
  const idle: Setting[] = [];
  const connectors = Object.fromEntries(declaration.needs.map((port) => [port, allConnectors[port]]));

  const clock: Clock = {
    now: () => new Date(cloud.clock.now() + (current.getStore()?.clockOffset ?? 0)),
    sleep: async (milliseconds) => current.getStore()?.work.sleep(milliseconds),
  };

  /** Each call passes two checkpoints: a machine may die before it, and before anybody has heard its answer. */
  const answer: Platform['answer'] = async (...request) => {
    await current.getStore()?.checkpoint();
    const response = await cloud.answer(...request);
    await current.getStore()?.checkpoint();
    return response;
  };

  function open({ region, environment }: InvocationContext): Setting {
    const surroundings = readEnvironment(environment);
    const access: AwsAccess = {
      region,
      clock,
      random: seededRandom(declaration.name),
      client: inProcessClient({ answer }, 'function', clock.sleep),
      ...web,
      consoleAddress: cloud.endpoint(),
      // Each invocation signs with credentials of its own; expired ones make the SDK ask every time.
      credentials: async () => {
        const {
          accessKeyId = '',
          secretAccessKey = '',
          sessionToken = '',
        } = current.getStore()?.credentials ?? {};
        return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(0) };
      },
    };
    return connect(connectors, access, surroundings, write);
  }

  return (event, context) =>
    current.run(context, async () => {
      const container = idle.pop() ?? open(context);
      try {
        return await handle(declaration, event, container);
      } finally {
        idle.push(container);
      }
    });
}
