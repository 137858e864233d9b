import { expect, it } from 'vitest';
import { describeBuild } from '#tests/purge/build-machine.ts';
import { reportOf, runBuild, type BuildResult } from '#tests/purge/stand-ins.ts';
import { loadBuildspec } from '../../src/buildspecs/load-buildspecs.ts';

const account = '200000000000';
const topic = 'arn:aws:sns:eu-west-1:200000000000:SpaAlertTopic';

const given = {
  ENVIRONMENT_IDENTIFIER: 'SpaTest',
  EVENT_BUS_ARN: 'arn:aws:events:eu-west-1:123456789012:event-bus/default',
  TOPIC_ARN: topic,
  BUDGET_EMAIL: 'alice@example.com',
};

const prepare = (
  variables: Readonly<Record<string, string>> = {},
  answers: Readonly<Record<string, unknown>> = {},
) =>
  runBuild(loadBuildspec('preparation'), {
    variables: { ...given, ...variables },
    answers: { 'sts get-caller-identity': account, ...answers },
  });

const inputsOf = ({ calls }: BuildResult, operation: string) =>
  calls.filter(({ args }) => args[1] === operation).map(({ input }) => input);
const operationsOf = ({ calls }: BuildResult) => calls.map(({ args }) => args.slice(0, 2).join(' '));

const subscribers = [
  { SubscriptionType: 'EMAIL', Address: 'alice@example.com' },
  { SubscriptionType: 'SNS', Address: topic },
];

const above = (Threshold: number, NotificationType = 'ACTUAL') => ({
  NotificationType,
  ComparisonOperator: 'GREATER_THAN',
  ThresholdType: 'PERCENTAGE',
  Threshold,
});

/** A budget that a former preparation made. */
const prepared = {
  'budgets describe-budgets': { Budgets: [{ BudgetName: 'SpaBudget' }] },
  'budgets describe-notifications-for-budget': {
    Notifications: [{ ...above(80), NotificationState: 'ALARM' }],
  },
  'budgets describe-subscribers-for-notification': { Subscribers: subscribers.toReversed() },
};

describeBuild('when an account is prepared for the first time', () => {
  const built = prepare();

  it('gets a monthly budget', async () => {
    const build = await built;

    expect(build.status).toBe(0);
    expect(inputsOf(build, 'create-budget')).toEqual([
      {
        AccountId: account,
        Budget: {
          BudgetName: 'SpaBudget',
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: '200', Unit: 'USD' },
          CostTypes: { IncludeCredit: false, IncludeRefund: false },
        },
      },
    ]);
  });

  it('gets an alert to the holder and to the topic', async () => {
    const build = await built;

    expect(inputsOf(build, 'create-notification')).toEqual([
      { AccountId: account, BudgetName: 'SpaBudget', Notification: above(80), Subscribers: subscribers },
    ]);
  });

  it('gets a password policy, and no contact or schedule that nobody asked for', async () => {
    const build = await built;

    expect(operationsOf(build)).toContain('iam update-account-password-policy');
    expect(operationsOf(build)).not.toContain('account put-alternate-contact');
    expect(operationsOf(build)).not.toContain('cloudformation deploy');
    expect(build.others).toEqual([]);
  });

  it('reports', async () => {
    const report = reportOf(await built);

    expect(report).toMatchObject({ Source: 'SustainablePersonalAccounts', DetailType: 'PreparationReport' });
    expect(report.detail).toMatchObject({ Account: account, Environment: 'SpaTest' });
    expect(report.detail.Message).toContain(
      'Budget SpaBudget: 200 USD, alert above 80 % to alice@example.com and',
    );
  });
});

describeBuild('when an account is prepared again', () => {
  it('has its budget brought up to date, and its alert left alone', async () => {
    const build = await prepare({ BUDGET_AMOUNT: '500.0' }, prepared);

    expect(inputsOf(build, 'update-budget')).toMatchObject([
      { NewBudget: { BudgetLimit: { Amount: '500.0' } } },
    ]);
    expect(operationsOf(build).filter((one) => /(create|delete)-/.test(one))).toEqual([
      'cloudformation delete-stack',
    ]);
  });

  it('has its alert replaced, where the threshold has changed', async () => {
    const build = await prepare({ ALERT_THRESHOLD: '90' }, prepared);

    expect(inputsOf(build, 'delete-notification')).toMatchObject([{ Notification: above(80) }]);
    expect(inputsOf(build, 'create-notification')).toMatchObject([{ Notification: above(90) }]);
  });

  it('has its alert replaced, where the holder has changed', async () => {
    const build = await prepare({ BUDGET_EMAIL: 'bob@example.com' }, prepared);

    expect(inputsOf(build, 'delete-notification')).toHaveLength(1);
    expect(inputsOf(build, 'create-notification')).toMatchObject([
      { Subscribers: [{ Address: 'bob@example.com' }, { Address: topic }] },
    ]);
  });

  it('keeps alerts on forecasts, which are not ours', async () => {
    const notifications = { Notifications: [above(100, 'FORECASTED')] };

    const build = await prepare(
      {},
      { ...prepared, 'budgets describe-notifications-for-budget': notifications },
    );

    expect(inputsOf(build, 'delete-notification')).toEqual([]);
    expect(inputsOf(build, 'create-notification')).toHaveLength(1);
  });
});

describeBuild('when variables ask for more', () => {
  it('sets the contacts', async () => {
    const build = await prepare({ ALTERNATE_CONTACT_SECURITY: ' Alice ; CISO;ciso@example.com;+33 1 23' });

    expect(inputsOf(build, 'put-alternate-contact')).toEqual([
      {
        AlternateContactType: 'SECURITY',
        Name: 'Alice',
        Title: 'CISO',
        EmailAddress: 'ciso@example.com',
        PhoneNumber: '+33 1 23',
      },
    ]);
  });

  it('starts and stops instances', async () => {
    const build = await prepare({
      WITH_START_STOP_EC2_INSTANCES: 'enabled',
      STOP_CRON_EXPRESSION: '0 20 ? * * *',
    });
    const deploy = build.calls.find(({ args }) => args[1] === 'deploy')?.args ?? [];

    expect(deploy).toContain('Role=arn:aws:iam::200000000000:role/SpaRoleForServerlessComputing');
    expect(deploy).toContain('StartSchedule=cron(0 5 ? * MON-FRI *)');
    expect(deploy).toContain('StopSchedule=cron(0 20 ? * * *)');
    expect(deploy).toContain('ExemptTag=operations-do-not-schedule');
  });

  it('runs Prowler', async () => {
    expect((await prepare({ WITH_PROWLER: 'enabled' })).others).toEqual([
      expect.stringContaining('python3 -m pip install -q prowler=='),
      'prowler aws',
    ]);
  });

  it('takes the version of Prowler for one word', async () => {
    const build = await prepare({ WITH_PROWLER: 'enabled', PROWLER_VERSION: '1 x; touch $(owned)' });

    expect(build.others[0]).toBe('python3 -m pip install -q prowler==1 x; touch $(owned)');
  });
});

describeBuild('when something goes wrong', () => {
  it('fails, and reports why', async () => {
    const build = await prepare(
      {},
      { 'budgets create-budget': { fault: 'AccessDeniedException: no budgets here' } },
    );

    expect(build.status).not.toBe(0);
    expect(operationsOf(build)).not.toContain('iam update-account-password-policy');
    expect(reportOf(build).detail.Message).toContain('AccessDeniedException: no budgets here');
  });

  it.each([{ ALERT_THRESHOLD: 'most' }, { ALTERNATE_CONTACT_BILLING: 'Alice' }])(
    'refuses %j',
    async (variables) => {
      expect((await prepare(variables)).status).not.toBe(0);
    },
  );

  it('fails where the bus refuses the report', async () => {
    expect((await prepare({}, { 'events put-events': '1' })).status).not.toBe(0);
  });
});

describeBuild('when variables hold what a shell, JSON or YAML would obey', () => {
  const hostile = [
    '$(touch owned)',
    '`touch owned`',
    `'; touch owned; '`,
    `"; touch owned; "`,
    '","Unit":"EUR',
    '\n- a: b',
    'file:///etc/passwd',
    '--endpoint-url=http://evil.example',
    '\\"$HOME\\',
    '%s%n é',
  ];

  it.each(hostile)('they stay data: %j', async (text) => {
    const contact = `${text};title;a@example.com;1`;

    const build = await prepare({
      BUDGET_NAME: text,
      BUDGET_AMOUNT: text,
      BUDGET_EMAIL: text,
      TOPIC_ARN: text,
      ENVIRONMENT_IDENTIFIER: text,
      ALTERNATE_CONTACT_BILLING: text.includes(';') ? '' : contact,
      WITH_START_STOP_EC2_INSTANCES: 'enabled',
      START_CRON_EXPRESSION: text,
      TAG_WITHOUT_START_STOP: text,
    });

    expect(build.status).toBe(0);
    expect(inputsOf(build, 'create-budget')).toMatchObject([
      { Budget: { BudgetName: text, BudgetLimit: { Amount: text, Unit: 'USD' } } },
    ]);
    expect(inputsOf(build, 'create-notification')).toMatchObject([
      { BudgetName: text, Subscribers: [{ Address: text }, { Address: text }] },
    ]);
    const deploy = build.calls.find(({ args }) => args[1] === 'deploy')?.args;
    expect(deploy).toContain(`StartSchedule=cron(${text})`);
    expect(deploy).toContain(`ExemptTag=${text}`);
    expect(reportOf(build).detail.Environment).toBe(text);
    expect(inputsOf(build, 'put-alternate-contact')).toMatchObject(
      text.includes(';') ? [] : [{ Name: text.trim(), EmailAddress: 'a@example.com' }],
    );
  });
});
