import { describe, expect, it } from 'vitest';
import { estimate } from '#cli/deployment/estimate.ts';
import { windowsPerMonth } from '#cli/deployment/windows-per-month.ts';
import { settingsFileFrom } from './settings-from.ts';

interface Estimate {
  readonly accounts: number;
  readonly pricesOf: string;
  readonly total: number;
  readonly services: readonly { readonly service: string; readonly usd: number }[];
  readonly assumptions: readonly string[];
}

const weekly = '  maintenance_window_expression: cron(0 18 ? * SAT *)\n';
const purging = 'defaults: { preparation: { feature: enabled }, purge: { feature: enabled } }\n';

async function estimateFor(more: string, accounts?: number): Promise<Estimate> {
  const options = { settings: settingsFileFrom(more), accounts, json: true, environment: {} };
  return JSON.parse((await estimate(options)).stdout) as Estimate;
}

const usdOf = ({ services }: Estimate, name: string) =>
  services.find(({ service }) => service === name)?.usd ?? 0;
const builds = 'CodeBuild in member accounts';

describe('the monthly bill of the system', () => {
  it('is the sum of its services', async () => {
    const bill = await estimateFor(weekly + purging, 1000);

    expect(bill.total).toBeCloseTo(bill.services.reduce((sum, { usd }) => sum + usd, 0));
    expect(bill.services.map(({ service }) => service)).toEqual(
      expect.arrayContaining(['Lambda', 'SQS', 'EventBridge', 'DynamoDB', 'CloudWatch', builds]),
    );
  });

  it('tells of which day its prices are, and what it assumes', async () => {
    const { pricesOf, assumptions } = await estimateFor(weekly + purging, 1000);

    expect(pricesOf).toMatch(/^\d{4}-\d\d$/);
    expect(assumptions.join()).toContain('1000 accounts, 4.3');
  });

  it('grows with accounts where work grows, and not where it does not', async () => {
    const [few, many] = [await estimateFor(weekly + purging, 10), await estimateFor(weekly + purging, 1000)];

    expect(usdOf(many, builds) / usdOf(few, builds)).toBeCloseTo(100);
    expect(usdOf(many, 'SQS') / usdOf(few, 'SQS')).toBeLessThan(2);
  });

  it('has no builds where nothing is purged nor prepared, or no window opens', async () => {
    expect(usdOf(await estimateFor(weekly, 1000), builds)).toBe(0);
    expect(usdOf(await estimateFor(purging, 1000), builds)).toBe(0);
  });

  it('is lower on ARM', async () => {
    const onArm = await estimateFor(`${weekly}${purging}features: { with_arm_architecture: true }`, 1000);

    expect(onArm.total).toBeLessThan((await estimateFor(weekly + purging, 1000)).total);
  });

  it('is for the accounts that the settings name, or for a hundred where they name units only', async () => {
    const two = 'accounts: [{ identifier: "300000000000" }, { identifier: "300000000001" }]';

    expect((await estimateFor(two)).accounts).toBe(2);
    expect((await estimateFor('organizational_units: [{ identifier: ou-1234 }]')).accounts).toBe(100);
  });

  it('is a table for people', async () => {
    const options = { settings: settingsFileFrom(weekly), accounts: 30, json: false, environment: {} };

    const { stdout, stderr } = await estimate(options);

    expect(stdout).toBe('');
    expect(stderr).toMatch(/Total +\d+\.\d\d/);
  });
});

describe('windows in a month', () => {
  const newYear = Date.UTC(2026, 0, 1);

  it.each([
    ['rate(7 days)', 52 / 12],
    ['cron(0 18 ? * SAT *)', 52 / 12],
    ['cron(0 3 1 * ? *)', 1],
    ['rate(1 minute)', 525_600 / 12],
    [undefined, 0],
  ])('are, for %s, %d', (expression, expected) => {
    expect(windowsPerMonth(expression, newYear)).toBeCloseTo(expected, 0);
  });
});
