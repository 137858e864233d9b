import { describe, expect, it } from 'vitest';
import { createClock } from '#emulator/clock.ts';
import { dailyCosts, filesIn, genericExceptions, tellOfCosts } from '#tests/cost-functions/cost-stories.ts';
import { readWorkbook } from '#tests/costs/read-workbook.ts';
import { aReleasedAccount, bob, settingsOf, tell } from '#tests/worlds.ts';

const summary = 'SpaReports/Costs/Summary/2026/2026-10-Summary-';
const openingAt = (time: string) => ({ clock: createClock(Date.parse(time)) });

describe('when a day is measured', () => {
  const costs = [
    { date: '2026-11-14', amount: '10.25' },
    { date: '2026-11-14', amount: '-4', recordType: 'Credit' },
    { date: '2026-11-14', account: bob, amount: '3' },
    { date: '2026-11-13', amount: '100' },
    { date: '2026-11-15', amount: '1000' },
  ];

  it('gives the day before yesterday of each cost center as a metric, at that day', async () => {
    const story = await tellOfCosts(costs);

    expect(await story.invoke('OnDailyCostsMetric')).toEqual({
      outcome: 'measured',
      day: '2026-11-14',
      costCenters: 2,
      alarms: [],
      requests: 1,
      price: '0.01 USD',
    });
    expect(dailyCosts(story)).toEqual([
      ['Alpha', 6.25, '2026-11-14T00:00:00.000Z'],
      ['Gamma', 3, '2026-11-14T00:00:00.000Z'],
    ]);
  });

  it('comes every night', async () => {
    const story = await tellOfCosts(costs, {}, openingAt('2026-11-17T00:30:00Z'));

    await story.pass(30);

    expect(dailyCosts(story)).toEqual([['Alpha', 1000, '2026-11-15T00:00:00.000Z']]);
  });

  it('is any other day by hand, as long as metrics may be of that day', async () => {
    const story = await tellOfCosts(costs);

    await story.invoke('OnDailyCostsMetric', { date: '2026-11-13' });

    expect(dailyCosts(story)).toEqual([['Alpha', 100, '2026-11-13T00:00:00.000Z']]);
    expect(await story.invoke('OnDailyCostsMetric', { date: '2026-11-02' })).toMatchObject({
      outcome: 'refused',
    });
    expect(await story.invoke('OnDailyCostsMetric', { date: '2026-11-17' })).toMatchObject({
      outcome: 'refused',
    });
    expect(await story.invoke('OnDailyCostsMetric', { date: '2026-11' })).toMatchObject({
      outcome: 'ignored',
    });
  });
});

describe('when a cost center has a threshold', () => {
  const thresholds = { with_cost_alarm_thresholds: { Alpha: 100, Gamma: 1000 } };
  const runningAway = [
    { date: '2026-11-02', amount: '90' },
    { date: '2026-11-15', amount: '20' },
    { date: '2026-11-17', amount: '500' },
    { date: '2026-11-16', account: bob, amount: '900' },
  ];

  it('is told as soon as it is known to be above, and not again in the same month', async () => {
    const story = await tellOfCosts(runningAway, thresholds, openingAt('2026-11-16T23:00:00Z'));

    await story.invoke('OnDailyCostsMetric');
    expect(genericExceptions(story)).toEqual([]);

    await story.pass(120);
    expect(genericExceptions(story).map(({ title }) => title)).toEqual([
      "Costs of cost center 'Alpha' above 100.00 USD in 2026-11",
    ]);

    const answer = await story.invoke('OnDailyCostsMetric', { date: '2026-11-16' });
    expect(answer).toMatchObject({ alarms: [], requests: 2 });
    await story.invoke('OnEarlyCostReport', { date: '2026-11' });
    expect(genericExceptions(story)).toHaveLength(1);
  });

  it('is told again in another month', async () => {
    const story = await tellOfCosts([...runningAway, { date: '2026-10-02', amount: '101' }], thresholds);

    await story.invoke('OnEarlyCostReport');
    await story.invoke('OnEarlyCostReport', { date: '2026-11' });

    expect(genericExceptions(story).map(({ identifier }) => identifier)).toEqual([
      'CostAlarm-2026-10-Alpha',
      'CostAlarm-2026-11-Alpha',
    ]);
  });
});

describe('when people want to know where a month is heading', () => {
  it('adds a forecast of the month that runs, by cost center and unit', async () => {
    const story = await tellOfCosts(
      [
        { date: '2026-10-20', amount: '15' },
        { date: '2026-11-02', amount: '30' },
        { date: '2026-11-10', account: bob, amount: '15' },
      ],
      { with_cost_forecast: true },
    );

    expect(await story.invoke('OnMonthlyCostReport')).toMatchObject({ requests: 5, price: '0.05 USD' });

    const sheets = readWorkbook((await filesIn(story)).get(`${summary}services.xlsx`) ?? Buffer.of());
    const [headings, ...rows] = sheets.at(-1)?.rows ?? [];
    // The local cloud expects what 30 days have cost, 60 USD, to go on: 2 USD a day from the 16th on.
    expect(headings?.cells).toEqual(['Month', 'Cost Center', 'Organizational Unit', 'Forecast (USD)']);
    expect(rows.filter(({ level }) => level === 2).map(({ cells }) => cells)).toEqual([
      ['2026-11', 'Alpha', 'Alpha Sandboxes', 50],
      ['2026-11', 'Gamma', 'Gamma Sandboxes', 25],
    ]);
  });

  it('goes without one where AWS knows too little', async () => {
    const story = await tellOfCosts([{ date: '2026-10-01', amount: '15' }], { with_cost_forecast: true });

    expect(await story.invoke('OnMonthlyCostReport')).toMatchObject({ outcome: 'reported', requests: 5 });
  });
});

describe('when costs are not managed', () => {
  it('has no function for them', async () => {
    const story = await tell([aReleasedAccount()], { settings: settingsOf() });
    const { ListFunctionsCommand } = await import('@aws-sdk/client-lambda');

    const { Functions = [] } = await story.clients().lambda.send(new ListFunctionsCommand({}));

    expect(Functions.length).toBeGreaterThan(10);
    expect(Functions.filter(({ FunctionName }) => FunctionName?.includes('Cost'))).toEqual([]);
  });
});
