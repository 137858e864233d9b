import type { AccountId } from '#domain/account.ts';
import type { Platform } from '../../platform.ts';
import type { Caller } from '../../service.ts';
import type { FunctionSettings } from './function-settings.ts';

/** A function of one account and region. */
export interface LambdaFunction {
  readonly account: AccountId;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly tags: Map<string, string>;
  settings: FunctionSettings;
  /** Statements of its resource policy, by identifier; and the policy that they make, in JSON. */
  readonly statements: Map<string, object>;
  policy: string | undefined;
  /** What may run at the same time, set aside for this function; undefined when it shares with the others. */
  reservedConcurrency: number | undefined;
  asynchronous: AsynchronousSettings | undefined;
  url: FunctionUrl | undefined;
}

/** What becomes of events that are invoked later. */
export interface AsynchronousSettings {
  readonly maximumRetries: number;
  readonly maximumAgeInSeconds: number;
  /** ARN of the queue that hears of events that were given up. */
  readonly onFailure: string | undefined;
  readonly changedAt: number;
}

/** An address of its own, under the endpoint of the cloud. */
export interface FunctionUrl {
  readonly url: string;
  readonly authType: 'AWS_IAM' | 'NONE';
  readonly cors: object | undefined;
  readonly createdAt: number;
}

export const lambdaService = 'lambda.amazonaws.com';

export function functionArn({ account, region }: { account: string; region: string }, name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/** The resource policy that statements make; undefined when there are none. */
export function policyFrom(statements: ReadonlyMap<string, object>): string | undefined {
  if (statements.size === 0) return undefined;
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: [...statements.values()] });
}

/** Whether Lambda may take on a role. */
export function canAssume({ identity }: Platform, role: string, account: AccountId): boolean {
  const lambda = { service: lambdaService, account };
  return identity.allows(lambda, { action: 'sts:AssumeRole', resource: role });
}

/** The function as the policies of its execution role bind it. */
export function sessionOf({ name, account, settings: { role } }: LambdaFunction): Caller {
  const roleName = role.slice(role.lastIndexOf('/') + 1);
  return {
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${name}`,
    userId: `${roleName}:${name}`,
    role,
  };
}
