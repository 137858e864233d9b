import type { AwsAccess } from '#adapters/aws/access.ts';
import type { AllPorts, PortName } from '#ports/ports.ts';
import type { Surroundings } from '../environment.ts';

/** What adapters are made from: how AWS is reached, and what a function knows of where it runs. */
export interface Connection {
  readonly access: AwsAccess;
  readonly surroundings: Surroundings;
}

/** Makes one port over the AWS SDK. Each has a file of its own, so that a function bundles those that it needs only. */
export type Connector<Name extends PortName> = (connection: Connection) => AllPorts[Name];

export type Connectors = { readonly [Name in PortName]: Connector<Name> };
