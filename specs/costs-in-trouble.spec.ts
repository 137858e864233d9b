import { describe, expect, it } from 'vitest';
import {
  aLongBill,
  breakRequests,
  filesIn,
  genericExceptions,
  linesOf,
  mailsOf,
  pageAsked,
  tellOfAlpha,
  tellOfCosts,
} from '#tests/cost-functions/cost-stories.ts';
import { expectedFiles } from '#tests/costs/alpha.ts';
import { readWorkbook } from '#tests/costs/read-workbook.ts';

const summary = 'SpaReports/Costs/Summary/2026/2026-10-Summary-';

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
