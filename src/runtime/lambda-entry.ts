import { setTimeout } from 'node:timers/promises';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import type { Clock } from '#ports/clock.ts';
import { connect } from './connect.ts';
import type { Connectors } from './connectors/connection.ts';
import { readEnvironment } from './environment.ts';
import { handle } from './handle.ts';

const wallClock: Clock = { now: () => new Date(), sleep: (milliseconds) => setTimeout(milliseconds) };

/** Variable that tells where people look at AWS, where that is not its own console; the local cloud sets it. */
export const consoleVariable = 'CONSOLE_ADDRESS';

/**
 * Makes the handler that Lambda calls, once per container, with the connectors of the ports that the function needs.
 * Throws UnusableEnvironment when the container starts.
 */
export function lambdaEntry(
  declaration: FunctionDeclaration,
  connectors: Partial<Connectors>,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): (payload: unknown) => Promise<unknown> {
  const surroundings = readEnvironment(variables);
  const consoleAddress = variables[consoleVariable];
  const access = {
    region: surroundings.central.region,
    clock: wallClock,
    ...(consoleAddress ? { consoleAddress } : {}),
  };
  const setting = connect(connectors, access, surroundings);
  return (payload) => handle(declaration, payload, setting);
}
