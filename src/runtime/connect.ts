import type { AwsAccess } from '#adapters/aws/access.ts';
import { createEmbeddedMetrics } from '#adapters/metrics/embedded-metrics.ts';
import type { AllPorts } from '#ports/ports.ts';
import type { Connection, Connectors } from './connectors/connection.ts';
import type { Surroundings } from './environment.ts';
import type { Setting } from './handle.ts';
import { createLog } from './log.ts';

/** What a function runs in: the ports that its connectors make, and its log. Lines go to the log of Lambda unless told. */
export function connect(
  connectors: Partial<Connectors>,
  given: AwsAccess,
  surroundings: Surroundings,
  write?: (line: string) => void,
): Setting {
  const { central, wiring, verbosity } = surroundings;
  const { clock } = given;
  const metrics = createEmbeddedMetrics(central.environment, clock, write);
  const onThrottled = () => metrics.record({ metric: 'ThrottledCalls', value: 1 });
  const connection = { access: { ...given, onThrottled }, surroundings };
  const ports = { central, clock, metrics, tagPrefix: wiring.tagPrefix, ...made(connectors, connection) };
  return { wiring, ports, log: createLog(verbosity, write) };
}

/** Ports that a function does not need are not there: it has no name for them either. */
function made(connectors: Partial<Connectors>, connection: Connection): AllPorts {
  const ports = Object.entries(connectors).map(([name, connect]) => [name, connect(connection)]);
  return Object.fromEntries(ports) as AllPorts;
}
