import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { FoundRule } from '#domain/doctor/triggers.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { listRules } from './organization-rules.ts';

/** Policy of the default bus, in JSON; undefined when it has none. One call. */
export async function busPolicy(access: AwsAccess): Promise<string | undefined> {
  const client = new EventBridgeClient(clientConfig(access));
  return (await client.send(new DescribeEventBusCommand({}))).Policy;
}

/** Rules of the default bus whose names begin with the environment. One call a hundred rules. */
export async function centralRules(access: AwsAccess, environment: string): Promise<readonly FoundRule[]> {
  const rules = await listRules(new EventBridgeClient(clientConfig(access)), environment);
  return rules.map(({ Name = '', State, EventPattern, ScheduleExpression }) => ({
    name: Name,
    isEnabled: State !== 'DISABLED',
    ...(ScheduleExpression === undefined ? {} : { schedule: ScheduleExpression }),
    ...(EventPattern === undefined ? {} : { pattern: JSON.parse(EventPattern) as unknown }),
  }));
}
