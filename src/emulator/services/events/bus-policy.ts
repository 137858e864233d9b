import type { PutPermissionRequest } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../aws-error.ts';
import { parsePolicy } from '#emulator/identity/policy-document.ts';
import type { EventBus } from './event-buses.ts';
import { invalid } from './events-refusals.ts';

/** The policy of a bus with one more statement, or the whole one that is given instead. */
export function withStatement(bus: EventBus, input: PutPermissionRequest): string {
  if (input.Policy !== undefined) return checked(input.Policy);
  const { StatementId: sid, Principal: principal, Action: action } = input;
  if (!sid || !principal || !action)
    throw invalid('Parameters StatementId, Principal and Action are required when Policy is not given.');
  if (principal !== '*' && !/^\d{12}$/.test(principal))
    throw invalid(`Provided value in parameter 'principal' is not valid.`);
  if (action !== 'events:PutEvents') throw invalid(`Provided value in parameter 'action' is not supported.`);
  const statement = {
    Sid: sid,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: action,
    Resource: bus.arn,
    ...conditionFrom(input),
  };
  return written([...statementsOf(bus).filter((other) => sidOf(other) !== sid), statement]);
}

/** Throws ResourceNotFoundException; undefined once no statement is left. */
export function withoutStatement(bus: EventBus, sid: string | undefined): string | undefined {
  const statements = statementsOf(bus);
  const others = statements.filter((statement) => sidOf(statement) !== sid);
  if (others.length === statements.length)
    throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
  return others.length > 0 ? written(others) : undefined;
}

function conditionFrom({ Condition: condition }: PutPermissionRequest) {
  if (!condition) return {};
  const { Type: operator = '', Key: key = '', Value: value } = condition;
  return { Condition: { [operator]: { [key]: value } } };
}

function statementsOf({ policy }: EventBus): readonly unknown[] {
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

function written(statements: readonly unknown[]): string {
  return checked(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

function checked(policy: string): string {
  if (Buffer.byteLength(policy) > 10_240)
    throw new AwsError(
      'PolicyLengthExceededException',
      'The event bus policy is too long: 10240 bytes at most.',
    );
  try {
    parsePolicy(policy);
  } catch (fault) {
    if (fault instanceof AwsError) throw invalid(`Parameter Policy is not valid: ${fault.message}`);
    throw fault;
  }
  return policy;
}
