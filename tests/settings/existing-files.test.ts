import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import { effectiveSettings, storedAccount, storedUnit } from '#domain/settings/effective-settings.ts';
import { settingsOf, required } from './sources.ts';

const at = (name: string) => fileURLToPath(new URL(`../data/settings/${name}`, import.meta.url));
const load = (name: string) => loadSettings(at(name), {});

describe('settings files written for the predecessor', () => {
  it.each([
    'minimum-settings.yaml',
    'settings.yaml',
    'settings-with-csv-files.yaml',
    'settings-with-templates.yaml',
  ])('%s loads unchanged', async (name) => {
    const settings = await load(name);

    expect(settings.automation).toMatchObject({
      accountId: '123456789012',
      region: 'eu-west-1',
      managementAccount: '222222222222',
      memberRoleName: 'AWSControlTowerExecution',
    });
    expect(settings.worker.preparationBuildspec?.text).toContain('prepare-account-from-git');
  });

  it('keep their sections', async () => {
    const { environment, automation, metering, features, reporting } = await load('settings.yaml');

    expect(environment).toBe('SpaDemo');
    expect(automation.tags).toEqual({
      'cost-imputation': 'shared',
      'account-manager': 'john.foo@example.com',
    });
    expect(automation.maintenanceWindowExpression).toBe('cron(0 18 ? * SAT *)');
    expect(metering.transactionsTtlInSeconds).toBe(900);
    expect(features).toMatchObject({
      armArchitecture: true,
      costEmailRecipients: ['alice@example.com', 'bob@example.com'],
      costExtraCurrencies: ['EUR'],
      csvFiles: [],
      originEmailRecipient: 'spa@example.com',
      tagPrefix: 'account-',
    });
    expect(reporting.costsMarkdownTemplate).toContain('# Cost reports for {month}');
  });

  it('keep numbers as they are written, since variables are text', async () => {
    const { book } = await load('settings.yaml');

    expect(book.defaults.preparation.variables['BUDGET_AMOUNT']).toBe('500.0');
    expect(book.defaults.purge.variables['MAXIMUM_AGE']).toBe('9M');
  });

  it('give accounts what their CSV files say, on top of everything else', async () => {
    const { book } = await load('settings-with-csv-files.yaml');

    const effective = effectiveSettings(book, { id: book.automationAccount, path: [] });

    expect(effective?.accountTags).toEqual({
      'managed-by': 'SPA',
      'cost-imputation': 'SB-123',
      'cost-center': 'ApplicationOne Department',
      'account-manager': 'alice@example.com',
      'ServiceNow Domain': 'CloudOps',
    });
    expect(effective?.preparation.variables['BUDGET_AMOUNT']).toBe('2000');
  });

  it('bring their documents along', async () => {
    const { features } = await load('settings-with-templates.yaml');

    expect(features.endUserDocuments['TermsOfUse']?.text).toMatch(/^# Terms of use/);
  });

  it('are stored for people as before: an item with defaults filled in', async () => {
    const { book } = await load('settings.yaml');

    expect(storedUnit(book, 'ou-1234')).toEqual({
      identifier: 'ou-1234',
      note: 'Alpha Sandboxes',
      account_tags: { 'managed-by': 'SPA', 'cost-center': 'Alpha', 'cost-owner': 'foo.bar@example.com' },
      unset_tags: ['CostCenter', 'account:holder', 'account:manager', 'account:state'],
      preparation: {
        feature: 'enabled',
        variables: {
          ALERT_THRESHOLD: '80',
          BUDGET_AMOUNT: '500.0',
          BUDGET_NAME: 'DataTeamBudget',
          WITH_START_STOP_EC2_INSTANCES: 'disabled',
        },
      },
      purge: {
        feature: 'enabled',
        variables: { MAXIMUM_AGE: '6M', PURGE_MODE: '--dry-run', TAG_KEY: 'purge', TAG_VALUE: 'me' },
      },
    });
    expect(storedAccount(book, '210987654321')).toMatchObject({ note: 'another specific account' });
    expect(storedAccount(book, '300000000000')).toBeUndefined();
  });
});

describe('the example for newcomers', () => {
  it('is right as it stands', async () => {
    const path = fileURLToPath(new URL('../../settings.example.yaml', import.meta.url));

    const { environment, book } = await loadSettings(path, {});

    expect(environment).toBe('SpaDemo');
    expect(Object.keys(book.units)).toEqual(['ou-1234', 'ou-5678', 'ou-9012']);
  });
});

describe('settings that say only what they must', () => {
  it('take every default', () => {
    const settings = settingsOf(required);

    expect(settings.environment).toBe('SpaBeta');
    expect(settings.automation).toMatchObject({ verbosity: 'INFO', tags: {}, protectedAccounts: [] });
    expect(settings.automation.maintenanceWindowExpression).toBeUndefined();
    expect(settings.metering).toEqual({
      activitiesDatastore: 'ActivitiesTable',
      activitiesTtlInSeconds: 366 * 86_400,
      shadowsDatastore: 'ShadowsTable',
      shadowsTtlInSeconds: 183 * 86_400,
      transactionsDatastore: 'TransactionsTable',
      transactionsTtlInSeconds: 10_800,
    });
    expect(settings.worker.preparationBuildspec).toBeUndefined();
    expect(settings.features).toMatchObject({
      armArchitecture: false,
      incidentBackend: 'ops-center',
      tagPrefix: 'account-',
    });
    expect(settings.reporting).toMatchObject({
      activitiesPrefix: 'SpaReports/Activities',
      buildsPrefix: 'SpaReports/Builds',
      costsPrefix: 'SpaReports/Costs',
      exceptionsPrefix: 'SpaReports/Exceptions',
      inventoriesPrefix: 'SpaReports/Inventories',
    });
    expect(settings.book).toEqual({
      tagPrefix: 'account-',
      chat: { usesSlack: false },
      costs: {
        tag: 'cost-center',
        extraCurrencies: [],
        ratesProvider: 'open-er-api',
        alarmThresholds: {},
        forecast: false,
        recipients: [],
      },
      reporting: settings.reporting,
      protectedAccounts: ['222222222222'],
      automationAccount: '123456789012',
      preparesAsAdministrator: false,
      defaults: { accountTags: {}, preparation: { variables: {} }, purge: { variables: {} } },
      units: {},
      accounts: {},
      rows: {},
    });
  });

  it('may leave known keys empty', () => {
    const settings = settingsOf(
      `${required}  region:
environment_identifier:
metering:
worker: {purge_buildspec_template_file: ''}
defaults: {account_tags: , unset_tags: , preparation: {feature: , variables: }}
organizational_units:
accounts:
features: {with_csv_files: , with_tag_prefix: , with_response_plan_arn: ''}
`.replace('  region: eu-west-1\n', ''),
      { environment: { AWS_REGION: 'eu-west-3' } },
    );

    expect(settings.automation.region).toBe('eu-west-3');
    expect(settings.environment).toBe('SpaBeta');
  });

  it('yield to the environment for account and region', () => {
    const environment = { AWS_ACCOUNT: '999999999999', AWS_REGION: 'us-east-1' };

    const { automation, book } = settingsOf(required, { environment });

    expect(automation).toMatchObject({ accountId: '999999999999', region: 'us-east-1' });
    expect(book.automationAccount).toBe('999999999999');
  });

  it('keep incidents in Incident Manager where a response plan is named', () => {
    const arn = 'arn:aws:ssm-incidents::123456789012:response-plan/SpaPlan';

    const { features } = settingsOf(`${required}features: {with_response_plan_arn: '${arn}'}\n`);

    expect(features).toMatchObject({ responsePlanArn: arn, incidentBackend: 'incident-manager' });
  });
});
