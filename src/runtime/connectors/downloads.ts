import { createDownloads } from '#adapters/attachments/downloads.ts';
import type { Connector } from './connection.ts';

export const downloads: Connector<'downloads'> = ({ access, surroundings: { account, central } }) =>
  createDownloads(access, { environment: central.environment, account });
