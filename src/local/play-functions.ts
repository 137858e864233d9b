import { AsyncLocalStorage } from 'node:async_hooks';
import type { AwsAccess } from '#adapters/aws/access.ts';
import type { Work } from '#emulator/clock.ts';
import type { Cloud } from '#emulator/cloud.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import type { InvocationContext } from '#emulator/services/lambda/function-behaviour.ts';
import { catalogue } from '#functions/catalogue.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import { connect } from '#runtime/connect.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { handle, type Setting } from '#runtime/handle.ts';
import { createLog } from '#runtime/log.ts';
import type { Settings } from '#domain/settings/settings.ts';

/** Plays the declared functions from their sources, each in a container of its own, on the simulated clock. */
export function playFunctions(cloud: Cloud, settings: Settings, write: (line: string) => void): void {
  const { accountId, region } = settings.automation;
  for (const declaration of catalogue) {
    const name = `${settings.environment}${declaration.name}`;
    cloud.lambda.behave(
      `arn:aws:lambda:${region}:${accountId}:function:${name}`,
      player(cloud, declaration, write),
    );
  }
}

function player(cloud: Cloud, declaration: FunctionDeclaration, write: (line: string) => void) {
  const currentWork = new AsyncLocalStorage<Work>();
  let container: { readonly key: string; readonly setting: Setting } | undefined;

  /** A container lives as long as its credentials: what it has connected and cached is kept meanwhile. */
  function settingFor(context: InvocationContext): Setting {
    const key = context.credentials.accessKeyId;
    if (container?.key === key) return container.setting;
    const setting = settingOf(context);
    container = { key, setting };
    return setting;
  }

  function settingOf({ credentials, environment, region }: InvocationContext): Setting {
    const surroundings = readEnvironment(environment);
    const access: AwsAccess = {
      region,
      clock: {
        now: () => new Date(cloud.clock.now()),
        sleep: async (milliseconds) => currentWork.getStore()?.sleep(milliseconds),
      },
      requestHandler: inProcessHandler(cloud, 'function'),
      credentials: {
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey,
        sessionToken: credentials.sessionToken,
      },
    };
    const ports = connect(access, surroundings);
    return { wiring: surroundings.wiring, ports, log: createLog(surroundings.verbosity, write) };
  }

  return (event: unknown, context: InvocationContext) =>
    currentWork.run(context.work, () => handle(declaration, event, settingFor(context)));
}
