import { setTimeout } from 'node:timers/promises';
import { createEmbeddedMetrics } from '#adapters/metrics/embedded-metrics.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import type { Clock } from '#ports/clock.ts';
import type { AllPorts } from '#ports/ports.ts';
import type { Connection, Connectors } from './connectors/connection.ts';
import { readEnvironment } from './environment.ts';
import { handle, type Setting } from './handle.ts';
import { createLog } from './log.ts';

const wallClock: Clock = { now: () => new Date(), sleep: (milliseconds) => setTimeout(milliseconds) };

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
  const { central, wiring, verbosity } = surroundings;
  const metrics = createEmbeddedMetrics(central.environment, wallClock);
  const onThrottled = () => metrics.record({ metric: 'ThrottledCalls', value: 1 });
  const access = { region: central.region, clock: wallClock, onThrottled };
  const given = { central, clock: wallClock, metrics, tagPrefix: wiring.tagPrefix };
  const ports = { ...given, ...connected(connectors, { access, surroundings }) };
  const setting: Setting = { wiring, ports, log: createLog(verbosity) };
  return (payload) => handle(declaration, payload, setting);
}

/** Ports that a function does not need are not there: it has no name for them either. */
function connected(connectors: Partial<Connectors>, connection: Connection): AllPorts {
  const made = Object.entries(connectors).map(([name, connect]) => [name, connect(connection)]);
  return Object.fromEntries(made) as AllPorts;
}
