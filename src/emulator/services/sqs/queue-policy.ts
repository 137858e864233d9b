import type { AddPermissionRequest } from '@aws-sdk/client-sqs';
import type { Queue } from './queue.ts';
import { invalidParameter, missing } from './sqs-refusals.ts';

/** The policy of a queue with a statement that lets accounts in. */
export function withStatement(queue: Queue, input: AddPermissionRequest): string {
  const { Label: label, AWSAccountIds: accounts = [], Actions: actions = [] } = input;
  if (!label) throw missing('Label');
  const statements = statementsOf(queue);
  if (statements.some((statement) => sidOf(statement) === label))
    throw invalidParameter(`Value ${label} for parameter Label is invalid. Reason: Already exists.`);
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
    Action: actions.map((action) => (action === '*' ? 'SQS:*' : `SQS:${action}`)),
    Resource: queue.arn,
  };
  return written(queue, [...statements, statement]);
}

/** Empty text, which takes the policy away, when no statement is left. */
export function withoutStatement(queue: Queue, label: string | undefined): string {
  const statements = statementsOf(queue);
  const others = statements.filter((statement) => sidOf(statement) !== label);
  if (others.length === statements.length)
    throw invalidParameter(
      `Value ${label} for parameter Label is invalid. Reason: can't find label on existing policy.`,
    );
  return others.length > 0 ? written(queue, others) : '';
}

function statementsOf({ settings: { policy } }: Queue): readonly unknown[] {
  const document: unknown = policy === undefined ? undefined : JSON.parse(policy);
  const statements: unknown =
    document !== null && typeof document === 'object' && 'Statement' in document ? document.Statement : [];
  return Array.isArray(statements) ? statements : [statements];
}

function sidOf(statement: unknown): unknown {
  return statement !== null && typeof statement === 'object' && 'Sid' in statement
    ? statement.Sid
    : undefined;
}

function written({ arn }: Queue, statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2008-10-17', Id: `${arn}/SQSDefaultPolicy`, Statement: statements });
}
