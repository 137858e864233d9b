import { createAttachmentStore } from '#adapters/attachments/attachment-store.ts';
import type { Connector } from './connection.ts';

export const attachments: Connector<'attachments'> = ({ access, surroundings: { account, central } }) =>
  createAttachmentStore(access, { environment: central.environment, account });
