import { notImplemented } from '../../aws-error.ts';
import type { SubscriptionProtocol } from './topics.ts';
import { invalidParameter } from './sns-refusals.ts';

const forms: Readonly<Record<SubscriptionProtocol, { readonly form: RegExp; readonly fault: string }>> = {
  sqs: { form: /^arn:aws:sqs:[\w-]+:\d{12}:[\w-]+$/, fault: 'SQS endpoint ARN' },
  lambda: { form: /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+$/, fault: 'Lambda endpoint ARN' },
  email: { form: /^[^@\s]+@[^@\s]+$/, fault: 'Email address' },
  'email-json': { form: /^[^@\s]+@[^@\s]+$/, fault: 'Email address' },
};

/** Throws NotImplemented for the protocols of AWS that the local cloud does not speak. */
export function readProtocol(text = ''): SubscriptionProtocol {
  if (text === 'sqs' || text === 'lambda' || text === 'email' || text === 'email-json') return text;
  if (['http', 'https', 'sms', 'application', 'firehose'].includes(text))
    throw notImplemented('sns', `subscriptions by ${text}`);
  throw invalidParameter('Protocol');
}

/** Throws InvalidParameter. */
export function checkEndpoint(protocol: SubscriptionProtocol, endpoint = ''): string {
  const { form, fault } = forms[protocol];
  if (!form.test(endpoint)) throw invalidParameter(fault);
  return endpoint;
}
