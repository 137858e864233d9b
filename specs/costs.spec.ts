import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { expectAsExpected, expectedFiles } from '../tests/costs/alpha.ts';
import { readWorkbook } from '../tests/costs/read-workbook.ts';
import {
  aCost,
  aLongBill,
  breakRequests,
  dailyCosts,
  filesIn,
  genericExceptions,
  linesOf,
  mailsOf,
  pageAsked,
  tellOfAlpha,
  tellOfCosts,
} from '#tests/cost-functions/cost-stories.ts';
import { aReleasedAccount, aWorld, bob, settingsOf, tell } from '#tests/worlds.ts';

const summary = 'SpaReports/Costs/Summary/2026/2026-10-Summary-';
const openingAt = (time: string) => ({ clock: createClock(Date.parse(time)) });

describe('when the costs of a month are final', () => {
  it('puts every file that is expected in the bucket of reports, and no other', async () => {
    const story = await tellOfAlpha();

    const answer = await story.invoke('OnMonthlyCostReport');

    const files = await filesIn(story, 'SpaReports/Costs/');
    expect([...files.keys()].sort()).toEqual(expectedFiles);
    for (const [key, body] of files) expectAsExpected(key, body);
    expect(answer).toEqual({
      outcome: 'reported',
      month: '2026-10',
      files: 14,
      withoutRate: [],
      alarms: [],
      requests: 3,
      price: '0.03 USD',
      mail: 'sent to 2',
    });
  });

  it('mails the summaries to managers, in all currencies', async () => {
    const story = await tellOfAlpha();

    await story.invoke('OnMonthlyCostReport');

    const [mail, ...others] = mailsOf(story);
    expect(others).toEqual([]);
    expect(mail?.headers).toMatchObject({
      from: 'spa@example.com',
      to: 'finops@example.com, boss@example.com',
      subject: 'Summary cost report for 2026-10',
    });
    expect(mail?.text).toContain('2026-10');
    expect(mail?.html).toContain('<p>The cost reports for 2026-10 are attached.</p>');
    const files = await filesIn(story, summary);
    expect(mail?.attachments.map(({ name }) => name).sort()).toEqual([
      '2026-10-Summary-charges-EUR.xlsx',
      '2026-10-Summary-charges.csv',
      '2026-10-Summary-charges.xlsx',
    ]);
    for (const { name, body } of mail?.attachments ?? [])
      expect(body.equals(files.get(`SpaReports/Costs/Summary/2026/${name}`) ?? Buffer.of())).toBe(true);
  });

  it('says the rate, its day and its source, and keeps them for the next time', async () => {
    const story = await tellOfAlpha();

    await story.invoke('OnMonthlyCostReport');

    const files = await filesIn(story);
    const sheets = readWorkbook(files.get(`${summary}charges-EUR.xlsx`) ?? Buffer.of());
    expect(sheets.find(({ name }) => name === 'Rates')?.rows[1]?.cells).toEqual([
      'EUR',
      0.92,
      '2026-11-16',
      'ExchangeRate-API, https://www.exchangerate-api.com',
    ]);
    expect([...files.keys()]).toContain('ExchangeRates/2026-10-31-open-er-api.json');
  });

  it('tells how much of their budgets accounts have used', async () => {
    const story = await tellOfCosts([{ amount: '30' }]);

    await story.invoke('OnMonthlyCostReport');

    const sheets = readWorkbook((await filesIn(story)).get(`${summary}services.xlsx`) ?? Buffer.of());
    expect(sheets.map(({ name }) => name)).toEqual(['Services', 'Chart', 'Usage types']);
    const alpha = await tellOfAlpha();
    await alpha.invoke('OnMonthlyCostReport');
    const budgets = readWorkbook((await filesIn(alpha)).get(`${summary}services.xlsx`) ?? Buffer.of()).at(-1);
    expect(budgets?.name).toBe('Budgets');
    expect(budgets?.rows.map(({ cells }) => [cells[4], cells[6]])).toEqual([
      ['Name', 'Budget (USD)'],
      ['Alice', 300],
      ['Bob', 300],
      ['Elyse', 300],
      ['Charlie', 300],
      ['Denis', 300],
    ]);
  });

  it.each(['2026-10', '2026-10-31'])('is done again by hand for %s, with the same files', async (date) => {
    const story = await tellOfAlpha(openingAt('2026-11-16T23:30:00Z'));
    await story.invoke('OnMonthlyCostReport');
    const before = await filesIn(story);

    await story.pass(60);
    await story.invoke('OnMonthlyCostReport', { date });

    expect(await filesIn(story)).toEqual(before);
    expect(mailsOf(story)).toHaveLength(2);
  });

  it('comes on the 6th for the month before, without a mail', async () => {
    const story = await tellOfAlpha(openingAt('2026-11-06T02:30:00Z'));

    await story.pass(30);

    expect([...(await filesIn(story, 'SpaReports/Costs/')).keys()].sort()).toEqual(expectedFiles);
    expect(mailsOf(story)).toEqual([]);
  });

  it('comes on the 14th, with a mail', async () => {
    const story = await tellOfAlpha(openingAt('2026-11-14T02:30:00Z'));

    await story.pass(30);

    expect([...(await filesIn(story, 'SpaReports/Costs/')).keys()].sort()).toEqual(expectedFiles);
    expect(mailsOf(story).map(({ headers }) => headers['subject'])).toEqual([
      'Summary cost report for 2026-10',
    ]);
  });

  it('mails once for one event of the schedule, however often it is delivered', async () => {
    const story = await tellOfAlpha();
    const event = { id: 'one', source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };

    await story.invoke('OnMonthlyCostReport', event);
    const answer = await story.invoke('OnMonthlyCostReport', event);

    expect(answer).toMatchObject({ outcome: 'reported', mail: 'sent before' });
    expect(mailsOf(story)).toHaveLength(1);
  });
});

describe('when there is something odd in a month', () => {
  it('reports a month without data, and mails that', async () => {
    const story = await tellOfCosts([], {
      with_origin_email_recipient: 'spa@example.com',
      with_cost_email_recipients: ['boss@example.com'],
    });

    expect(await story.invoke('OnMonthlyCostReport')).toMatchObject({ files: 4, mail: 'sent to 1' });
    expect(await linesOf(story, 'Summary/2026/2026-10-Summary-services.csv')).toEqual([
      'Month,Cost Center,Organizational Unit,Amount (USD)',
      '2026-10,TOTAL,,0',
    ]);
  });

  it('keeps the costs of accounts that have left, without their names', async () => {
    const story = await tellOfCosts([{ account: accountId('299999999999'), amount: '2' }, { amount: '3' }]);

    await story.invoke('OnEarlyCostReport');

    expect(await linesOf(story, 'Summary/2026/2026-10-Summary-charges.csv')).toEqual([
      'Month,Cost Center,Organizational Unit,Account,Charges (USD),Usage (USD)',
      '2026-10,Alpha,Alpha Sandboxes,Alice (200000000000),3,3',
      '2026-10,NoCostTag,Unknown,Unknown (299999999999),2,2',
    ]);
  });

  it('counts credits as charges, never as services', async () => {
    const story = await tellOfCosts([{ amount: '10' }, { recordType: 'Credit', amount: '-4' }]);

    await story.invoke('OnEarlyCostReport');

    expect((await linesOf(story, 'Alpha/2026/2026-10-Alpha-services.csv')).at(-1)).toBe(
      '2026-10,Alpha,,TOTAL,,,10',
    );
    expect((await linesOf(story, 'Summary/2026/2026-10-Summary-charges.csv')).at(-1)).toBe(
      '2026-10,Alpha,Alpha Sandboxes,Alice (200000000000),6,-4,10',
    );
  });

  it.each([
    ['R/D: "é"', 'R-D: "é"', '"R/D: ""é"""'],
    ['..', 'NoCostTag', '..'],
    ['Summary', 'Summary (cost center)', 'Summary'],
  ])('keeps the files of %j in the folder %j', async (name, folder, cell) => {
    const accounts = [aReleasedAccount({ tags: { 'cost-center': name } })];
    const story = await tellOfCosts([], {}, { world: aWorld(accounts, { costs: [aCost()] }) });

    await story.invoke('OnEarlyCostReport');

    const keys = [...(await filesIn(story, 'SpaReports/Costs/')).keys()];
    expect(keys).toContain(`SpaReports/Costs/${folder}/2026/2026-10-${folder}-services.csv`);
    expect((await linesOf(story, 'Summary/2026/2026-10-Summary-charges.csv'))[1]).toBe(
      `2026-10,${cell},Alpha Sandboxes,Alice (200000000000),1,1`,
    );
  });

  it('refuses a month that has not begun, and a date that is none', async () => {
    const story = await tellOfCosts([{}]);

    expect(await story.invoke('OnMonthlyCostReport', { date: '2026-12' })).toEqual({
      outcome: 'refused',
      month: '2026-12',
      reason: 'has not begun yet',
    });
    expect(await story.invoke('OnEarlyCostReport', { date: 'October' })).toEqual({
      outcome: 'ignored',
      reason: 'date "October" is none: write {"date": "YYYY-MM"}',
    });
    expect((await filesIn(story)).size).toBe(0);
  });

  it('reports the month that runs, even on its first day', async () => {
    const story = await tellOfCosts(
      [{ date: '2026-11-01', amount: '7' }],
      { with_cost_forecast: true, with_cost_extra_currencies: ['eur'] },
      openingAt('2026-11-01T03:00:00Z'),
    );

    expect(await story.invoke('OnEarlyCostReport', { date: '2026-11' })).toMatchObject({
      month: '2026-11',
      files: 8,
    });
    expect((await linesOf(story, 'Summary/2026/2026-11-Summary-services.csv')).at(-1)).toBe(
      '2026-11,TOTAL,,7',
    );
  });
});

describe('when somebody cannot be reached', () => {
  const euros = { with_cost_extra_currencies: ['EUR', 'XYZ'] };

  it('tells of currencies without a rate, and reports all others', async () => {
    const story = await tellOfCosts([{}], euros);

    expect(await story.invoke('OnEarlyCostReport')).toMatchObject({ files: 8, withoutRate: ['XYZ'] });
    expect(genericExceptions(story)).toEqual([
      expect.objectContaining({
        title: 'Costs of 2026-10 are not reported in XYZ',
        message: expect.stringContaining('does not know them'),
      }),
    ]);
  });

  it('reports in dollars when nobody tells rates, and tells people why', async () => {
    const story = await tellOfCosts([{}], euros, {
      fetchPage: () =>
        Promise.reject(new TypeError('fetch failed', { cause: new Error('no route to host') })),
    });

    expect(await story.invoke('OnMonthlyCostReport')).toMatchObject({
      files: 7,
      withoutRate: ['EUR', 'XYZ'],
    });
    expect(genericExceptions(story)).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('open.er-api.com does not answer (no route to host)'),
      }),
    ]);
    expect([...(await filesIn(story, summary)).keys()]).not.toContain(`${summary}charges-EUR.xlsx`);
  });

  it('takes the rates of the European Central Bank where settings say so', async () => {
    const story = await tellOfCosts([{ amount: '8' }], {
      with_cost_extra_currencies: ['EUR', 'USD'],
      with_cost_rates_provider: 'european-central-bank',
    });

    await story.invoke('OnEarlyCostReport');

    const sheets = readWorkbook((await filesIn(story)).get(`${summary}charges-EUR.xlsx`) ?? Buffer.of());
    expect(sheets[0]?.rows[1]?.cells[4]).toBe(4);
    expect(sheets.at(-1)?.rows[1]?.cells).toEqual([
      'EUR',
      0.5,
      '2026-10-31',
      'European Central Bank, https://www.ecb.europa.eu',
    ]);
  });

  it('asks again for a page that did not come, and loses nothing', async () => {
    const story = await tellOfCosts(aLongBill());
    let broken = 0;
    breakRequests(story, (request) =>
      pageAsked(request) === 'further' && (broken += 1) <= 3
        ? { status: 400, code: 'LimitExceededException' }
        : undefined,
    );

    expect(await story.invoke('OnEarlyCostReport')).toMatchObject({ outcome: 'reported', requests: 4 });
    expect(broken).toBe(4);
    expect((await linesOf(story, 'NoCostTag/2026/2026-10-NoCostTag-usages.csv')).at(-1)).toBe(
      '2026-10,NoCostTag,,TOTAL,,,6000',
    );
  });

  it('writes no file of a month whose pages do not all come: never half a month', async () => {
    const story = await tellOfCosts(aLongBill());
    breakRequests(story, (request) =>
      pageAsked(request) === 'further' ? { status: 400, code: 'ValidationException' } : undefined,
    );

    await expect(story.invoke('OnMonthlyCostReport')).rejects.toThrow('broken on purpose');
    expect((await filesIn(story)).size).toBe(0);
  });

  it.each([
    [
      { with_cost_email_recipients: ['boss@example.com'] },
      'not sent: with_origin_email_recipient names no sender',
    ],
    [{ with_origin_email_recipient: 'spa@example.com' }, 'not sent: with_cost_email_recipients names nobody'],
  ])('sends no mail where the settings are %j', async (features, mail) => {
    const story = await tellOfCosts([{}], features);

    expect(await story.invoke('OnMonthlyCostReport')).toMatchObject({ outcome: 'reported', files: 7, mail });
    expect(mailsOf(story)).toEqual([]);
  });

  it('fails when SES refuses the mail, with all files in place', async () => {
    const story = await tellOfAlpha();
    const { DeleteEmailIdentityCommand, SESv2Client } = await import('@aws-sdk/client-sesv2');
    const { inProcessClient } = await import('#emulator/in-process-client.ts');
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    const ses = new SESv2Client({
      region: 'eu-west-1',
      ...inProcessClient(story.cloud, 'client'),
      credentials,
    });
    await ses.send(new DeleteEmailIdentityCommand({ EmailIdentity: 'spa@example.com' }));

    await expect(story.invoke('OnMonthlyCostReport')).rejects.toThrow(/validate the sender/);
    expect([...(await filesIn(story, 'SpaReports/Costs/')).keys()].sort()).toEqual(expectedFiles);
  });
});

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
