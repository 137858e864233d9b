import { createCentralBus } from '#adapters/event-bus/central-bus.ts';
import type { Connector } from './connection.ts';

export const bus: Connector<'bus'> = ({ access, surroundings }) =>
  createCentralBus(access, surroundings.central.environment);
