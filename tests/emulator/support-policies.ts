import { accountId } from '#domain/account.ts';
import type { ConditionKeys } from '#emulator/identity/conditions.ts';
import { parsePolicy } from '#emulator/identity/policy-document.ts';
import { evaluate, type Question } from '#emulator/identity/policy-evaluation.ts';

export const home = accountId('222222222222');
export const role = `arn:aws:iam::${home}:role/Worker`;
export const session = {
  account: home,
  arn: `arn:aws:sts::${home}:assumed-role/Worker/SPA-1`,
  userId: 'AROA:SPA-1',
  role,
};
export const queue = `arn:aws:sqs:eu-west-1:${home}:alerts`;

/** A question about a message to the queue, unless changed. */
export function asking(
  change: Partial<Omit<Question, 'keys'>> & { keys?: Record<string, string | undefined> } = {},
): Question {
  const keys: ConditionKeys = new Map(Object.entries(change.keys ?? {}));
  return { by: session, action: 'sqs:SendMessage', resource: queue, ...change, keys: () => keys };
}

/** A policy of one statement, which is an allow to send a message to the queue, unless changed. */
export function policySaying(statement: Record<string, unknown>) {
  const whole = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue, ...statement };
  return parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: whole }));
}

/** What such a policy says. */
export const verdictOf = (statement: Record<string, unknown>, question = asking()) =>
  evaluate([policySaying(statement)], question);
