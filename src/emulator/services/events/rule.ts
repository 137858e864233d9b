import type { Target } from '@aws-sdk/client-eventbridge';
import type { AccountId } from '#domain/account.ts';
import type { EventPattern } from './event-pattern.ts';
import type { Schedule } from './schedule-expression.ts';

/** What goes from a bus to its targets: the events that match a pattern, or one of its own on a schedule. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly account: AccountId;
  readonly region: string;
  readonly busName: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly pattern: (EventPattern & { readonly text: string }) | undefined;
  readonly schedule: (Schedule & { readonly expression: string }) | undefined;
  /** Outlive an update of the rule. */
  readonly targets: Map<string, RuleTarget>;
  readonly tags: Map<string, string>;
}

/** Members that have passed the checks of PutTargets. */
export interface RuleTarget extends Target {
  readonly Id: string;
  readonly Arn: string;
}

/** Rules of the default bus have its name left out of their ARN. */
export function ruleArn(
  { account, region }: { readonly account: string; readonly region: string },
  busName: string,
  ruleName: string,
): string {
  const path = busName === 'default' ? ruleName : `${busName}/${ruleName}`;
  return `arn:aws:events:${region}:${account}:rule/${path}`;
}
