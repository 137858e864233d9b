import { describe, expect, it } from 'vitest';
import { preparationVariableFaults } from '#domain/preparation/preparation-variables.ts';

const usual = {
  ALERT_THRESHOLD: '80',
  BUDGET_AMOUNT: '500.0',
  BUDGET_NAME: 'SpaBudget',
  WITH_START_STOP_EC2_INSTANCES: 'disabled',
} as const;

describe('the variables of a preparation', () => {
  it('are all right in the settings of the predecessor, and when they are empty or of another template', () => {
    expect(preparationVariableFaults(usual)).toEqual([]);
    expect(preparationVariableFaults({ BUDGET_AMOUNT: '', CLOUD_CUSTODIAN_ROLE: '$(anything)' })).toEqual([]);
  });

  it('name a contact by four parts', () => {
    const contact = 'Alice Doe; FinOps; finops@example.com; +33 (0)1 23-45';

    expect(preparationVariableFaults({ ALTERNATE_CONTACT_BILLING: contact })).toEqual([]);
  });

  it.each([
    ['BUDGET_AMOUNT', '0'],
    ['BUDGET_AMOUNT', '1e3'],
    ['BUDGET_AMOUNT', '5 EUR'],
    ['ALERT_THRESHOLD', '80%'],
    ['ALERT_THRESHOLD', '-1'],
    ['BUDGET_NAME', 'a:b'],
    ['BUDGET_NAME', 'x'.repeat(101)],
    ['ALTERNATE_CONTACT_BILLING', 'Alice;FinOps;finops@example.com'],
    ['ALTERNATE_CONTACT_OPERATIONS', 'Alice;;ops@example.com;+33'],
    ['ALTERNATE_CONTACT_SECURITY', 'Alice;CISO;nobody;+33'],
    ['ALTERNATE_CONTACT_SECURITY', 'Alice;CISO;a@example.com;call me'],
    ['WITH_START_STOP_EC2_INSTANCES', 'true'],
    ['START_CRON_EXPRESSION', 'cron(0 5 ? * MON-FRI *)'],
    ['STOP_CRON_EXPRESSION', '0 21 * *'],
    ['WITH_PROWLER', 'yes'],
    ['PROWLER_VERSION', '5.0; touch owned'],
  ])('are refused where %s is %j', (variable, found) => {
    expect(preparationVariableFaults({ ...usual, [variable]: found })).toEqual([
      { variable, found, expected: expect.stringMatching(/\w/) },
    ]);
  });
});
