import { createNoticeTopic } from '#adapters/notices/notice-topic.ts';
import type { Connector } from './connection.ts';

export const notices: Connector<'notices'> = ({ access, surroundings: { account, central } }) =>
  createNoticeTopic(access, { environment: central.environment, account });
