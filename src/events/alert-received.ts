import { receivedAlert, type ReceivedAlert } from '#domain/alerts/received-alert.ts';
import { digest } from '#domain/incidents/exception.ts';
import { textMember } from './shape.ts';
import type { Reading, Trigger } from './trigger.ts';

/** Queue of what budgets of member accounts say, without the environment identifier before its name. */
export const alertQueue = 'Alerts';

/** A message of that queue; two deliveries of one have the same identifier. */
export interface AlertReceived {
  readonly alert: ReceivedAlert;
  readonly identifier: string;
}

/** Budgets of a thousand accounts may speak at once: they are taken down two at a time. */
export const alertReceived: Trigger<AlertReceived> = {
  kind: 'messages',
  queue: alertQueue,
  concurrency: 2,
  read,
};

/** In SNS's envelope, or as the raw text of the alert: nothing that arrives is dropped. */
function read(message: unknown): Reading<AlertReceived> {
  const type = textMember(message, 'Type') ?? '';
  if (/^(Unsubscribe|Subscription)Confirmation$/.test(type))
    return { ignored: 'SNS asks about a subscription' };
  const text = textMember(message, 'Message') ?? textOf(message);
  const identifier = textMember(message, 'MessageId') ?? digest(textOf(message));
  return { happened: { alert: receivedAlert(text, textMember(message, 'TopicArn')), identifier } };
}

const textOf = (message: unknown) =>
  typeof message === 'string' ? message : (JSON.stringify(message) ?? '');
