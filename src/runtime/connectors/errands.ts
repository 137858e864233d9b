import { createErrandQueues } from '#adapters/errands/errand-queues.ts';
import type { Connector } from './connection.ts';

export const errands: Connector<'errands'> = ({ access, surroundings: { account, central } }) =>
  createErrandQueues(access, { environment: central.environment, account });
