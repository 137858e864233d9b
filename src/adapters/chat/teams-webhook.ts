import { teamsCard } from '#domain/chat/teams-card.ts';
import type { TeamsChannel } from '#ports/chat.ts';
import type { AwsAccess } from '../aws/access.ts';
import { createParameterReader } from '../secrets/parameter-reader.ts';
import { secretNames } from '../secrets/secret-names.ts';
import { createChannelCalls } from './call-channel.ts';
import type { SendWeb } from './send-web.ts';

/** A channel of Teams by the webhook of a workflow: connectors, as they were once called, are gone. */
export function createTeamsWebhook(access: AwsAccess, environment: string, send: SendWeb): TeamsChannel {
  const parameter = createParameterReader(access, environment);
  const call = createChannelCalls('Microsoft Teams', send, access.clock);
  return {
    async post(message) {
      const url = await parameter(secretNames.teamsWebhook);
      if (!url) return 'unconfigured';
      await call({ url, headers: { 'content-type': 'application/json' }, body: teamsCard(message) });
      return 'said';
    },
  };
}
