import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import {
  aCost,
  filesIn,
  linesOf,
  mailsOf,
  tellOfAlpha,
  tellOfCosts,
} from '#tests/cost-functions/cost-stories.ts';
import { expectAsExpected, expectedFiles } from '#tests/costs/alpha.ts';
import { readWorkbook } from '#tests/costs/read-workbook.ts';
import { aReleasedAccount, aWorld } from '#tests/worlds.ts';

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
