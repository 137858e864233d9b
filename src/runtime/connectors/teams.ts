import { sendOverNetwork } from '#adapters/chat/send-web.ts';
import { createTeamsWebhook } from '#adapters/chat/teams-webhook.ts';
import type { Connector } from './connection.ts';

export const teams: Connector<'teams'> = ({ access, surroundings }) =>
  createTeamsWebhook(access, surroundings.central.environment, access.sendWeb ?? sendOverNetwork);
