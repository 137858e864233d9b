import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { acknowledgeWildcards, WildcardWithoutReason } from '#infrastructure/acknowledge.ts';
import { systemOf } from './system-of.ts';
import { settingsFrom } from './settings-from.ts';

const settings = await settingsFrom(`  role_name_to_manage_codebuild: SpaWorker
organizational_units: [{ identifier: ou-1234 }]
features: { with_email_subscriptions_on_alerts: [ops@example.com] }`);

const findingsOf = ({ app }: Pick<ReturnType<typeof systemOf>, 'app'>) =>
  new AwsSolutionsChecks(app).validateScope(app).violations;

describe('auditors of AWS', () => {
  it('find nothing that is not explained', () => {
    expect(findingsOf(systemOf(settings))).toEqual([]);
  });

  it('find what is neither right nor explained', () => {
    const system = systemOf(settings);
    const [automation] = system.stacks;
    const unsafe = new CfnQueue(automation?.stack ?? system.app, 'Unsafe', {});

    const found = findingsOf(system);

    expect(unsafe.sqsManagedSseEnabled).toBeUndefined();
    expect(found.map(({ ruleName }) => ruleName).toSorted()).toEqual(
      expect.arrayContaining(['AwsSolutions-SQS3', 'AwsSolutions-SQS4']),
    );
  });

  it('are owed a reason for each wildcard', () => {
    const [automation] = systemOf(settings).stacks;
    const role = new CfnRole(automation?.stack as never, 'Anything', { assumeRolePolicyDocument: {} });

    expect(() => acknowledgeWildcards(role, [{ actions: ['s3:GetObject'], resources: ['*'] }])).toThrow(
      WildcardWithoutReason,
    );
  });
});
