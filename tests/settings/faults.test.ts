import { describe, expect, it } from 'vitest';
import { required, settingsOf, tellings } from './sources.ts';

const withAutomation = (line: string) => `${required}  ${line}\n`;
const withDefaults = (line: string) => `${required}defaults:\n  ${line}\n`;
const withFeature = (line: string) => `${required}features:\n  ${line}\n`;
const withoutKey = (key: string) => required.replace(new RegExp(` *${key}:.*\n`), '');

describe('a settings file with one thing wrong', () => {
  it.each([
    ['environment_identifier: Spa Demo\n', '5 environment_identifier: found "Spa Demo", expected a letter'],
    ['environment_identifier: ssmTest\n', '5 environment_identifier: found "ssmTest", expected'],
    [
      `environment_identifier: ${'a'.repeat(35)}\n`,
      `5 environment_identifier: found "${'a'.repeat(35)}", expected`,
    ],
    ['environment_identifier: 42\n', '5 environment_identifier: found 42, expected'],
    [
      'metering: {shadows_ttl_in_seconds: 0}\n',
      '5 metering.shadows_ttl_in_seconds: found 0, expected a positive',
    ],
    ['metering: {shadows_ttl_in_seconds: 1.5}\n', '5 metering.shadows_ttl_in_seconds: found 1.5, expected a'],
    [
      "metering: {shadows_ttl_in_seconds: '900'}\n",
      '5 metering.shadows_ttl_in_seconds: found "900", expected a',
    ],
    ['metering: [900]\n', '5 metering: found a list, expected a map with keys among activities_datastore'],
    [
      'organizational_units: ou-1\n',
      '5 organizational_units: found "ou-1", expected a list of organizational units',
    ],
    ['accounts: {}\n', '5 accounts: found a map, expected a list of accounts'],
    ['accounts: [~]\n', '5 accounts[0]: found nothing, expected a map with keys among identifier'],
    [
      'accounts:\n- note: x\n',
      '6 accounts[0].identifier: found nothing, expected 12 digits as text, in quotes',
    ],
    [
      'accounts:\n- identifier: 123456789012\n',
      '6 accounts[0].identifier: found 123456789012, expected 12 digits as',
    ],
    [
      "accounts:\n- identifier: '12345'\n",
      '6 accounts[0].identifier: found "12345", expected 12 digits as text',
    ],
    [
      'organizational_units: [{identifier: r-1}]\n',
      '5 organizational_units[0].identifier: found "r-1", expected ou-',
    ],
    ['reporting: {costs_prefix: 5}\n', '5 reporting.costs_prefix: found 5, expected the beginning of keys'],
  ])('%j', (text, telling) => {
    expect(tellings(required + text)).toEqual([expect.stringMatching(`^${escape(telling)}`)]);
  });

  it.each([
    ['verbosity: LOUD', 'verbosity: found "LOUD", expected DEBUG or INFO or WARNING or ERROR or CRITICAL'],
    [
      'maintenance_window_expression: cron(0 18 * * SAT *)',
      'maintenance_window_expression: found "cron(0 18 * * SAT',
    ],
    ['protected_accounts: [1]', 'protected_accounts[0]: found 1, expected 12 digits as text, in quotes'],
    ['tags: {"aws:x": y}', 'tags["aws:x"]: found the key "aws:x", expected the key of a tag'],
    [
      'role_name_to_manage_codebuild: a/b',
      'role_name_to_manage_codebuild: found "a/b", expected the name of a role',
    ],
  ])('automation with %j', (line, telling) => {
    expect(tellings(withAutomation(line))).toEqual([
      expect.stringMatching(`^5 automation.${escape(telling)}`),
    ]);
  });

  it.each([
    ['account_id', 'expected 12 digits as text, in quotes, or AWS_ACCOUNT in the environment'],
    ['region', 'expected a region of AWS, such as eu-west-1, or AWS_REGION in the environment'],
    ['role_arn_to_manage_accounts', 'expected the ARN of a role, such as arn:aws:iam::222222222222:role/'],
  ])('automation without %s', (key, telling) => {
    expect(tellings(withoutKey(key))).toEqual([
      expect.stringContaining(`automation.${key}: found nothing, ${telling}`),
    ]);
  });

  it.each(['arn:aws:iam::222222222222:user/Bob', 'arn:aws:iam::2222:role/R', 'SpaAccountsManagementRole'])(
    'a management role such as %s',
    (arn) => {
      const text = `${withoutKey('role_arn_to_manage_accounts')}  role_arn_to_manage_accounts: ${arn}\n`;

      expect(tellings(text)).toEqual([expect.stringContaining('expected the ARN of a role')]);
    },
  );

  it.each(['eu-west', 'Ireland', 'eu_west_1', 'xx-west-1', 'eu-west-1a'])('the region %s', (region) => {
    const told = tellings(required.replace('eu-west-1', region));

    expect(told).toEqual([
      `3 automation.region: found "${region}", expected a region of AWS, such as eu-west-1`,
    ]);
  });

  it.each([
    ['account_tags: {cost-center: }', 'account_tags.cost-center: found nothing, expected the value of a tag'],
    [
      'account_tags: {cost-center: [a]}',
      'account_tags.cost-center: found a list, expected the value of a tag',
    ],
    [
      'account_tags: {cost-center: R&D}',
      'account_tags.cost-center: found "R&D", expected the value of a tag',
    ],
    [`account_tags: {a: ${'x'.repeat(257)}}`, 'account_tags.a: found "xxx'],
    [`account_tags: {${'k'.repeat(129)}: x}`, `account_tags.${'k'.repeat(129)}: found the key "kkk`],
    ['account_tags: {AWS:x: y}', 'account_tags["AWS:x"]: found the key "AWS:x", expected the key of a tag'],
    [
      'account_tags: {account-state: released}',
      'account_tags.account-state: found the key "account-state", expected',
    ],
    ['unset_tags: CostCenter', 'unset_tags: found "CostCenter", expected a list of keys of tags'],
    ['unset_tags: [1]', 'unset_tags[0]: found 1, expected the key of a tag'],
    ['preparation: {feature: on}', 'preparation.feature: found on, expected enabled or disabled'],
    ['purge: enabled', 'purge: found "enabled", expected a map with keys among feature, variables'],
    [
      'purge: {variables: {MY-AGE: 9M}}',
      'purge.variables.MY-AGE: found the key "MY-AGE", expected the name of a',
    ],
    [
      'purge: {variables: {AGE: }}',
      "purge.variables.AGE: found nothing, expected text, a number, true or false; write ''",
    ],
    [
      'notifications: {documents: {Terms: 5}}',
      'notifications.documents.Terms: found 5, expected the path of a file',
    ],
    ["identifier: '1'", 'identifier: found the unknown key "identifier", expected one of note, account_tags'],
  ])('defaults with %j', (line, telling) => {
    expect(tellings(withDefaults(line))).toEqual([expect.stringMatching(`^6 defaults.${escape(telling)}`)]);
  });

  it.each([
    [
      "with_arm_architecture: 'true'",
      'with_arm_architecture: found "true", expected true or false, without quotes',
    ],
    [
      'with_cost_email_recipients: a@example.com',
      'with_cost_email_recipients: found "a@example.com", expected a list',
    ],
    [
      'with_cost_email_recipients: [a@b]',
      'with_cost_email_recipients[0]: found "a@b", expected an e-mail address',
    ],
    [
      'with_cost_extra_currencies: [EURO]',
      'with_cost_extra_currencies[0]: found "EURO", expected the code of a',
    ],
    [
      'with_cost_management_tag: "aws:x"',
      'with_cost_management_tag: found "aws:x", expected the key of a tag',
    ],
    [
      'with_cost_alarm_thresholds: {Alpha: -1}',
      'with_cost_alarm_thresholds.Alpha: found -1, expected a positive',
    ],
    [
      'with_incident_backend: jira',
      'with_incident_backend: found "jira", expected ops-center or incident-manager',
    ],
    [
      'with_email_subscriptions_on_alerts: [1]',
      'with_email_subscriptions_on_alerts[0]: found 1, expected an e-mail',
    ],
    [
      "with_origin_email_recipient: '<x'",
      'with_origin_email_recipient: found "<x", expected an e-mail address',
    ],
    [
      'with_response_plan_arn: plan',
      'with_response_plan_arn: found "plan", expected the ARN of a response plan',
    ],
    [
      'with_cost_rates_provider: bank',
      'with_cost_rates_provider: found "bank", expected open-er-api or european-central-bank',
    ],
    ['with_tag_prefix: "aws:"', 'with_tag_prefix: found "aws:", expected the beginning of keys of tags'],
    [
      'with_end_user_documents: {a b: c}',
      'with_end_user_documents["a b"]: found the key "a b", expected a label',
    ],
  ])('features with %j', (line, telling) => {
    const told = tellings(withFeature(line), { files: { c: 'text' } });

    expect(told).toEqual([expect.stringMatching(`^6 features.${escape(telling)}`)]);
  });

  it('which is a secret: the message does not repeat it', () => {
    const told = tellings(withFeature('with_microsoft_webhook_on_alerts: ftp://example.com/s3cret'));

    expect(told).toEqual([
      '6 features.with_microsoft_webhook_on_alerts: found something else (not shown), expected a URL that begins with https://',
    ]);
  });

  it('in the environment', () => {
    expect(tellings(required, { environment: { AWS_ACCOUNT: '12', AWS_REGION: 'here' } })).toEqual([
      'environment AWS_ACCOUNT: found "12", expected 12 digits',
      'environment AWS_REGION: found "here", expected a region of AWS, such as eu-west-1',
    ]);
  });
});

describe('values that look odd and are right', () => {
  it.each([
    'with_origin_email_recipient: \'"no reply" <spa@example.com>\'',
    'with_origin_email_recipient: Personal Accounts <spa@example.com>',
    "with_cost_email_recipients: ['a.b+c@sub.example.co.uk']",
    'with_microsoft_webhook_on_alerts: http://127.0.0.1:8080/hook',
    "with_tag_prefix: 'spa:'",
    'with_cost_extra_currencies: [eur, GBP, EUR]',
    'with_cost_alarm_thresholds: {Alpha: 1000, "R&D": 0.5}',
  ])('%s', (line) => {
    expect(tellings(withFeature(line))).toEqual([]);
  });

  it.each(['us-gov-west-1', 'ap-southeast-5', 'cn-northwest-1', 'eusc-de-east-1', 'mx-central-1'])(
    'the region %s',
    (region) => {
      expect(settingsOf(required.replace('eu-west-1', region)).automation.region).toBe(region);
    },
  );

  it.each(['arn:aws-cn:iam::222222222222:role/R', 'arn:aws:iam::222222222222:role/path/to/R'])(
    'the management role %s',
    (arn) => {
      const text = `${withoutKey('role_arn_to_manage_accounts')}  role_arn_to_manage_accounts: ${arn}\n`;

      expect(settingsOf(text).automation.managementAccount).toBe('222222222222');
    },
  );

  it('an empty tag prefix, which is not the same as none', () => {
    expect(settingsOf(withFeature("with_tag_prefix: ''")).book.tagPrefix).toBe('');
  });

  it('another provider of exchange rates than the usual one', () => {
    expect(settingsOf(required).book.costs.ratesProvider).toBe('open-er-api');
    expect(
      settingsOf(withFeature('with_cost_rates_provider: european-central-bank')).book.costs.ratesProvider,
    ).toBe('european-central-bank');
  });

  it('currencies in small letters, each kept once', () => {
    const { features } = settingsOf(withFeature('with_cost_extra_currencies: [eur, GBP, EUR]'));

    expect(features.costExtraCurrencies).toEqual(['EUR', 'GBP']);
  });
});

describe('an unknown key', () => {
  it.each(['null', 'false', '{}', '5'])('is refused although its value is %s', (value) => {
    expect(tellings(`${required}anything: ${value}\n`)).toEqual([
      expect.stringMatching(
        /^5 anything: found the unknown key "anything", expected one of environment_identifier, /,
      ),
    ]);
  });

  it('is answered with the known key that was probably meant', () => {
    expect(tellings(withFeature('with_tag_prefx: x'))).toEqual([
      '6 features.with_tag_prefx: found the unknown key "with_tag_prefx", expected with_tag_prefix',
    ]);
  });

  it('that should have been a required one is told once', () => {
    expect(tellings(required.replace('account_id', 'acount_id'))).toEqual([
      '2 automation.acount_id: found the unknown key "acount_id", expected account_id',
    ]);
    expect(tellings(required.replace('automation', 'automatoin'))).toHaveLength(1);
    expect(tellings(`${required}accounts: [{identifer: '300000000000'}]\n`)).toHaveLength(1);
  });
});

describe('a settings file with much wrong', () => {
  it('tells all of it, from top to bottom, and nothing twice', () => {
    const text = `environment_identifier: _
automation:
  account_id: 1
  regin: x
accounts:
  - identifier: '300000000000'
  - identifier: '300000000000'
    purge: {feature: yes}
features:
  with_csv_files: [missing.csv, rows.csv]
`;

    const told = tellings(text, { files: { 'rows.csv': 'Account\n1\n' } });

    expect(told).toEqual([
      expect.stringMatching(/^1 environment_identifier: /),
      expect.stringMatching(/^2 automation.role_arn_to_manage_accounts: /),
      expect.stringMatching(/^3 automation.account_id: /),
      expect.stringMatching(/^4 automation.regin: /),
      '7 accounts[1].identifier: found "300000000000", expected each identifier once (it is on line 6 already)',
      '8 accounts[1].purge.feature: found yes, expected enabled or disabled',
      expect.stringMatching(
        /^10 features.with_csv_files\[0\]: found "missing.csv", which is missing, expected /,
      ),
      expect.stringMatching(/^rows.csv:2 Account: found "1", expected 12 digits/),
    ]);
  });

  it('tells once what an alias repeats', () => {
    const text = `${required}defaults:
  preparation: &work {feature: enabld}
  purge: *work
organizational_units:
  - {identifier: ou-1, preparation: *work}
`;

    expect(tellings(text)).toEqual([
      '6 defaults.preparation.feature: found "enabld", expected enabled or disabled',
    ]);
  });
});

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
