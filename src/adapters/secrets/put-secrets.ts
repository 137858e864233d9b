import { ParameterAlreadyExists, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { FeatureSettings } from '#domain/settings/settings.ts';
import { secretNames, type SecretName } from './secret-names.ts';

type SecretFeatures = Pick<FeatureSettings, 'microsoftWebhookOnAlerts' | 'slackWebhookOnAlerts'>;

/**
 * Puts in Parameter Store what must be in no template: webhooks that the settings name replace what is there, and a key
 * for links is made where there is none, by `makeKey`. Secrets that the settings do not name are left to those who
 * have put them there by hand.
 */
export async function putSecrets(
  ssm: SSMClient,
  environment: string,
  { microsoftWebhookOnAlerts, slackWebhookOnAlerts }: SecretFeatures,
  makeKey: () => string,
): Promise<void> {
  const put = async (name: SecretName, Value: string, Overwrite: boolean) => {
    const Name = `/${environment}/${name}`;
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite }));
  };
  if (microsoftWebhookOnAlerts) await put(secretNames.teamsWebhook, microsoftWebhookOnAlerts, true);
  if (slackWebhookOnAlerts) await put(secretNames.slackWebhook, slackWebhookOnAlerts, true);
  try {
    await put(secretNames.downloadKey, makeKey(), false);
  } catch (fault) {
    // A new key would make the links of the last days useless.
    if (!(fault instanceof ParameterAlreadyExists)) throw fault;
  }
}
