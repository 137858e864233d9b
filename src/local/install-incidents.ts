import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { incidentsTable } from '#adapters/incidents/incident-log.ts';
import { exceptionsTopic } from '#adapters/notices/notice-topic.ts';
import { putSecrets } from '#adapters/secrets/put-secrets.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { Platform } from '#emulator/platform.ts';
import type { AccountClients } from './account-clients.ts';
import { createTable } from './create-table.ts';

/** What exceptions, incidents and chat lean on: a table, the topic with those who are subscribed, and the secrets. */
export async function installIncidents(
  { dynamodb, sns, ssm }: AccountClients,
  { environment, features }: Settings,
  { nextId }: Pick<Platform, 'nextId'>,
): Promise<void> {
  await createTable(dynamodb, `${environment}${incidentsTable}`);
  const Name = `${environment}${exceptionsTopic}`;
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name }));
  for (const Endpoint of new Set(features.emailSubscriptionsOnAlerts)) {
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint }));
  }
  // The same at each run, as all identifiers of the local cloud are.
  await putSecrets(ssm, environment, features, nextId);
}
