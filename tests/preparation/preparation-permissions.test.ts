import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { preparationPermissions } from '#domain/preparation/preparation-permissions.ts';
import { evaluate } from '#emulator/identity/policy-evaluation.ts';
import { parsePolicy } from '#emulator/identity/policy-document.ts';
import { loadBuildspec } from '../../src/buildspecs/load-buildspecs.ts';

const account = '200000000000';
const region = 'eu-west-1';
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const place = {
  account,
  region,
  busArn: `arn:aws:events:${region}:123456789012:event-bus/default`,
  roleName: 'SpaRoleForServerlessComputing',
};
const everyPart = { WITH_START_STOP_EC2_INSTANCES: 'enabled', WITH_PROWLER: 'enabled' };

const budget = `arn:aws:budgets::${account}:budget/Any name of one`;
const stack = arn('cloudformation', 'stack/SpaStartStopEc2Instances/*');
const aFunction = arn('lambda', 'function:SpaStartStopEc2Instances-Function-a1B2');
const aRule = arn('events', 'rule/SpaStartStopEc2Instances-Start-a1B2');
const logs = arn('logs', 'log-group:/aws/lambda/SpaStartStopEc2Instances-Function-a1B2:log-stream:1');

/** What IAM is asked for each command of the AWS command line: actions, and on what. */
const askedBy: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'sts get-caller-identity': [],
  'budgets describe-budgets': [['budgets:ViewBudget', `arn:aws:budgets::${account}:budget/*`]],
  'budgets create-budget': [['budgets:ModifyBudget', budget]],
  'budgets update-budget': [['budgets:ModifyBudget', budget]],
  'budgets describe-notifications-for-budget': [['budgets:ViewBudget', budget]],
  'budgets describe-subscribers-for-notification': [['budgets:ViewBudget', budget]],
  'budgets create-notification': [['budgets:ModifyBudget', budget]],
  'budgets delete-notification': [['budgets:ModifyBudget', budget]],
  'iam update-account-password-policy': [['iam:UpdateAccountPasswordPolicy', '*']],
  'account put-alternate-contact': [['account:PutAlternateContact', `arn:aws:account::${account}:account`]],
  'events put-events': [['events:PutEvents', place.busArn]],
  'cloudformation deploy': [
    ['cloudformation:DescribeStacks', stack],
    ['cloudformation:CreateChangeSet', stack],
    ['cloudformation:DescribeChangeSet', stack],
    ['cloudformation:ExecuteChangeSet', stack],
    ['lambda:CreateFunction', aFunction],
    ['lambda:UpdateFunctionCode', aFunction],
    ['lambda:AddPermission', aFunction],
    ['lambda:TagResource', aFunction],
    ['iam:PassRole', `arn:aws:iam::${account}:role/${place.roleName}`],
    ['events:PutRule', aRule],
    ['events:PutTargets', aRule],
    ['events:TagResource', aRule],
    // What its function does with the same role.
    ['ec2:DescribeInstances', '*'],
    ['ec2:StartInstances', arn('ec2', 'instance/i-0abc')],
    ['ec2:StopInstances', arn('ec2', 'instance/i-0abc')],
    ['kms:CreateGrant', arn('kms', 'key/1')],
    ['logs:PutLogEvents', logs],
  ],
  'cloudformation delete-stack': [
    ['cloudformation:DeleteStack', stack],
    ['lambda:RemovePermission', aFunction],
    ['lambda:DeleteFunction', aFunction],
    ['events:RemoveTargets', aRule],
    ['events:DeleteRule', aRule],
  ],
};

/** Each command of the build specification, whichever branch it stands in. */
function commandsIn(text: string): readonly string[] {
  const direct = [...text.matchAll(/\baws ([a-z][a-z0-9-]*) ([a-z][a-z-]+)/g)];
  const ofBudgets = [...text.matchAll(/\bbudgets ([a-z]+-[a-z-]+)/g)];
  const named = direct.map(([, service, operation]) => `${service} ${operation}`);
  return [...new Set([...named, ...ofBudgets.map(([, operation]) => `budgets ${operation}`)])];
}

const commands = commandsIn(loadBuildspec('preparation'));

/** Conditions are met as they are when CloudFormation and EC2 ask on behalf of the build. */
function isGranted(variables: Readonly<Record<string, string>>, action: string, resource: string): boolean {
  const Statement = preparationPermissions(place, variables);
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }));
  const by = { account: accountId(account), arn: '', userId: '' };
  const keys = () =>
    new Map([
      ['iam:passedtoservice', 'lambda.amazonaws.com'],
      ['kms:grantisforawsresource', 'true'],
      ['kms:viaservice', `ec2.${region}.amazonaws.com`],
    ]);
  return evaluate([policy], { by, action, resource, keys }) === 'granted';
}

describe('the role of preparations', () => {
  it('is asked for by commands that are known', () => {
    expect(commands.filter((command) => askedBy[command] === undefined)).toEqual([]);
    expect(commands).toContain('budgets create-notification');
  });

  it.each(commands)('permits what `aws %s` does', (command) => {
    const refused = (askedBy[command] ?? []).filter(
      ([action, resource]) => !isGranted(everyPart, action, resource),
    );

    expect(refused).toEqual([]);
  });

  it('permits the removal of what is no longer wanted, and no making of it', () => {
    const asked = (command: string) =>
      (askedBy[command] ?? []).filter(([action, resource]) => isGranted({}, action, resource));

    expect(asked('cloudformation delete-stack')).toEqual(askedBy['cloudformation delete-stack']);
    expect(asked('cloudformation deploy')).toEqual([]);
  });

  it('permits its own log', () => {
    const group = arn('logs', 'log-group:/aws/codebuild/SpaProjectForAccountPreparation');

    expect(isGranted({}, 'logs:CreateLogStream', group)).toBe(true);
    expect(isGranted({}, 'logs:PutLogEvents', `${group}:log-stream:1`)).toBe(true);
    expect(isGranted({}, 'logs:PutLogEvents', group.replace('Preparation', 'Purge'))).toBe(false);
  });

  it('is on everything only where AWS knows no resource', () => {
    const onEverything = preparationPermissions(place, everyPart).filter(({ Resource }) =>
      Resource.includes('*'),
    );

    expect(onEverything.flatMap(({ Action }) => Action)).toEqual([
      'iam:UpdateAccountPasswordPolicy',
      'ec2:DescribeInstances',
    ]);
  });

  it('fits into a role, which holds 10,240 characters of policies', () => {
    expect(JSON.stringify(preparationPermissions(place, everyPart)).length).toBeLessThan(10_240);
  });
});
