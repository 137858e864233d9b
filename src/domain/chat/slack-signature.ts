import { createHmac } from 'node:crypto';
import { isSameText } from '#domain/attachments/same-text.ts';

/** A request that claims to come from Slack, with its body as it was sent. */
export interface SlackRequest {
  readonly body: string;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** What is older, or further ahead, may have been recorded and sent again. */
export const replayWindowInSeconds = 5 * 60;

/** Whether Slack has sent this, lately: it signs the time and the body with a secret of the app. */
export function isFromSlack(request: SlackRequest, secret: string, now: number): boolean {
  const { body, timestamp = '', signature = '' } = request;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp)) > replayWindowInSeconds) return false;
  return isSameText(signature, slackSignature(body, timestamp, secret));
}

export function slackSignature(body: string, timestamp: string, secret: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}
