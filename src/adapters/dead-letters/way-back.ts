import type { Message } from '@aws-sdk/client-sqs';
import { parsedJson } from '#domain/parsed-json.ts';
import { member, textMember } from '#events/shape.ts';

/** Where a dead letter was meant to go: to the queue that fed a function, or to the function itself. */
export type WayBack =
  | { readonly to: 'queue'; readonly arn: string; readonly body: string }
  | { readonly to: 'function'; readonly arn: string; readonly payload: string };

/**
 * Queues of dead letters hold three kinds: messages of the queue that feeds a function, events that EventBridge could
 * not deliver, and Lambda's records of invocations that have failed. Undefined for whatever people have put there.
 */
export function wayBackOf({ Body: body = '', Attributes, MessageAttributes }: Message): WayBack | undefined {
  const source = Attributes?.DeadLetterQueueSourceArn;
  if (source !== undefined) return { to: 'queue', arn: source, body };
  const target = MessageAttributes?.['TARGET_ARN']?.StringValue;
  return target === undefined ? invocationIn(body) : undelivered(target, body);
}

function undelivered(target: string, body: string): WayBack | undefined {
  const service = target.split(':')[2];
  if (service === 'sqs') return { to: 'queue', arn: target, body };
  return service === 'lambda' ? { to: 'function', arn: target, payload: body } : undefined;
}

/** The function in Lambda's record is that of the version which has run. */
function invocationIn(body: string): WayBack | undefined {
  const record = parsedJson(body);
  const arn = textMember(record, 'requestContext', 'functionArn')?.replace(/:\$LATEST$/, '');
  const payload = member(record, 'requestPayload');
  if (arn === undefined || payload === undefined) return undefined;
  return { to: 'function', arn, payload: JSON.stringify(payload) };
}
