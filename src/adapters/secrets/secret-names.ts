/**
 * Parameters of type SecureString that hold secrets, without the environment identifier before them. CloudFormation
 * cannot make such parameters, and a template is no place for a secret: the deployment puts them there itself.
 */
export const secretNames = {
  /** Webhook of a Teams workflow: whoever knows it can post to the channel. */
  teamsWebhook: 'Secrets/MicrosoftTeamsWebhook',
  slackWebhook: 'Secrets/SlackWebhook',
  /** `xoxb-…`, of a Slack app that may post, update and upload. */
  slackBotToken: 'Secrets/SlackBotToken',
  /** By which requests of Slack are recognized. */
  slackSigningSecret: 'Secrets/SlackSigningSecret',
  /** Signs the links to attachments. */
  downloadKey: 'Secrets/DownloadKey',
} as const;

export type SecretName = (typeof secretNames)[keyof typeof secretNames];
