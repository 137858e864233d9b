import { describe, expect, it } from 'vitest';
import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  GetDimensionValuesCommand,
  type Expression,
  type GetCostAndUsageCommandInput,
} from '@aws-sdk/client-cost-explorer';
import { accountId, type AccountId } from '#domain/account.ts';
import type { BilledLine } from '#emulator/services/cost-explorer/bill.ts';
import { ann, asAdministrator, ben, management, openSmallCloud } from '#tests/incidents/cloud.ts';

const stranger = accountId('300000000000');

const line = (
  account: AccountId,
  date: string,
  service: string,
  amount: string,
  given: Partial<BilledLine> = {},
) => ({
  account,
  date,
  service,
  amount,
  recordType: 'Usage',
  usageType: `${service}-hours`,
  ...given,
});

const costs: readonly BilledLine[] = [
  line(ann, '2026-10-31', 'EC2', '10.5'),
  line(ann, '2026-11-01', 'EC2', '0.1'),
  line(ann, '2026-11-02', 'EC2', '0.2'),
  line(ann, '2026-11-02', 'S3', '3'),
  line(ann, '2026-11-02', 'Support', '29', { recordType: 'Support', usageType: '' }),
  line(ben, '2026-11-02', 'EC2', '7.000000000000000000001'),
  line(ben, '2026-11-02', 'EC2', '-2', { recordType: 'Credit' }),
  line(stranger, '2026-11-30', 'EC2', '5'),
];

const november = { Start: '2026-11-01', End: '2026-12-01' };

function clientOf(lines = costs, account = management) {
  const cloud = openSmallCloud({ costs: lines });
  return new CostExplorerClient(asAdministrator(cloud, account, 'us-east-1'));
}

async function ask(given: Partial<GetCostAndUsageCommandInput> = {}, client = clientOf()) {
  return client.send(
    new GetCostAndUsageCommand({
      TimePeriod: november,
      Granularity: 'MONTHLY',
      Metrics: ['UnblendedCost'],
      ...given,
    }),
  );
}

/** Amounts by the keys of their groups, of the first period. */
async function amounts(
  given: Partial<GetCostAndUsageCommandInput>,
): Promise<Record<string, string | undefined>> {
  const { ResultsByTime: [first] = [] } = await ask(given);
  return Object.fromEntries(
    (first?.Groups ?? []).map(({ Keys, Metrics }) => [Keys?.join(' '), Metrics?.['UnblendedCost']?.Amount]),
  );
}

const by = (...keys: readonly string[]) => ({
  GroupBy: keys.map((Key) => ({ Type: 'DIMENSION', Key }) as const),
});
const total = async (Filter: Expression) =>
  (await ask({ Filter })).ResultsByTime?.[0]?.Total?.['UnblendedCost']?.Amount;
const dimension = (Key: 'SERVICE' | 'LINKED_ACCOUNT' | 'RECORD_TYPE', ...Values: string[]): Expression => ({
  Dimensions: { Key, Values },
});

describe('when the management account asks for costs', () => {
  it('adds all of them up without rounding', async () => {
    const { ResultsByTime } = await ask();

    expect(ResultsByTime).toEqual([
      {
        TimePeriod: november,
        Total: { UnblendedCost: { Amount: '42.300000000000000000001', Unit: 'USD' } },
        Groups: [],
        Estimated: true,
      },
    ]);
  });

  it('splits a period into months and days, the first and the last of which may be short', async () => {
    const TimePeriod = { Start: '2026-10-31', End: '2026-11-03' };

    const [months, days] = await Promise.all([
      ask({ TimePeriod }),
      ask({ TimePeriod, Granularity: 'DAILY' }),
    ]);

    const told = ({ ResultsByTime = [] }: typeof months) =>
      ResultsByTime.map((one) => [
        one.TimePeriod?.Start,
        one.TimePeriod?.End,
        one.Total?.['UnblendedCost']?.Amount,
        one.Estimated,
      ]);
    expect(told(months)).toEqual([
      ['2026-10-31', '2026-11-01', '10.5', false],
      ['2026-11-01', '2026-11-03', '37.300000000000000000001', true],
    ]);
    expect(told(days)).toEqual([
      ['2026-10-31', '2026-11-01', '10.5', false],
      ['2026-11-01', '2026-11-02', '0.1', true],
      ['2026-11-02', '2026-11-03', '37.200000000000000000001', true],
    ]);
  });

  it('groups by one or two keys, in their order, and names the accounts', async () => {
    expect(await amounts(by('LINKED_ACCOUNT', 'SERVICE'))).toEqual({
      '200000000001 EC2': '0.3',
      '200000000001 S3': '3',
      '200000000001 Support': '29',
      '200000000002 EC2': '5.000000000000000000001',
      '300000000000 EC2': '5',
    });
    expect(await amounts(by('USAGE_TYPE'))).toHaveProperty([''], '29');
    const { DimensionValueAttributes, GroupDefinitions } = await ask(by('LINKED_ACCOUNT'));
    expect(GroupDefinitions).toEqual([{ Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' }]);
    expect(DimensionValueAttributes).toEqual([
      { Value: ann, Attributes: { description: 'Ann' } },
      { Value: ben, Attributes: { description: 'Ben' } },
      { Value: stranger, Attributes: {} },
    ]);
  });

  it('groups by the tags of accounts, with an empty value for those that bear none', async () => {
    const GroupBy = [{ Type: 'TAG', Key: 'cost-center' } as const];

    expect(await amounts({ GroupBy })).toEqual({
      'cost-center$': '10.000000000000000000001',
      'cost-center$Alpha': '32.3',
    });
  });

  it('filters by dimensions and tags, and by what follows from them', async () => {
    expect(await total(dimension('SERVICE', 'S3', 'Support'))).toBe('32');
    expect(await total({ Not: dimension('RECORD_TYPE', 'Usage') })).toBe('27');
    expect(await total({ And: [dimension('LINKED_ACCOUNT', ann), dimension('SERVICE', 'EC2')] })).toBe('0.3');
    expect(await total({ And: [dimension('LINKED_ACCOUNT', ann), dimension('LINKED_ACCOUNT', ben)] })).toBe(
      '0',
    );
    expect(await total({ Or: [dimension('LINKED_ACCOUNT', ann), dimension('SERVICE', 'EC2')] })).toBe(
      '42.300000000000000000001',
    );
    expect(await total({ Tags: { Key: 'cost-center', Values: ['Alpha'] } })).toBe('32.3');
    expect(await total({ Tags: { Key: 'cost-center', MatchOptions: ['ABSENT'] } })).toBe(
      '10.000000000000000000001',
    );
    expect(await total({ Tags: { Key: 'cost-center', Values: [''] } })).toBe('10.000000000000000000001');
  });

  it('answers with nothing where nothing was spent, and not with a fault', async () => {
    const client = clientOf([]);

    expect((await ask({}, client)).ResultsByTime?.[0]?.Total?.['UnblendedCost']?.Amount).toBe('0');
    expect((await ask(by('SERVICE'), client)).ResultsByTime).toMatchObject([{ Total: {}, Groups: [] }]);
  });

  it('gives 5,000 groups a page', async () => {
    const many = Array.from({ length: 12_001 }, (_, index) =>
      line(ann, '2026-11-02', `Service ${String(index).padStart(5, '0')}`, '1'),
    );
    const client = clientOf(many);

    const sizes: (number | undefined)[] = [];
    let NextPageToken: string | undefined;
    do {
      const page = await ask({ ...by('SERVICE'), NextPageToken }, client);
      sizes.push(page.ResultsByTime?.[0]?.Groups?.length);
      ({ NextPageToken } = page);
    } while (NextPageToken);

    expect(sizes).toEqual([5000, 5000, 2001]);
    await expect(ask({ ...by('SERVICE'), NextPageToken: 'x' }, client)).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });
});

describe('when a member account asks for costs', () => {
  it('sees its own', async () => {
    const client = clientOf(costs, ben);

    const { ResultsByTime } = await ask({}, client);

    expect(ResultsByTime?.[0]?.Total?.['UnblendedCost']?.Amount).toBe('5.000000000000000000001');
    expect(
      (await ask({ Filter: dimension('LINKED_ACCOUNT', ann) }, client)).ResultsByTime?.[0]?.Total?.[
        'UnblendedCost'
      ]?.Amount,
    ).toBe('0');
  });
});

describe('when a question makes no sense', () => {
  const invalid: readonly (readonly [string, Partial<GetCostAndUsageCommandInput>])[] = [
    ['it ends where it begins', { TimePeriod: { Start: '2026-11-01', End: '2026-11-01' } }],
    ['it ends before it begins', { TimePeriod: { Start: '2026-11-02', End: '2026-11-01' } }],
    ['a date that is none', { TimePeriod: { Start: '2026-11-31', End: '2026-12-01' } }],
    ['it begins in the future', { TimePeriod: { Start: '2026-11-17', End: '2026-11-18' } }],
    ['it ends after the coming month has begun', { TimePeriod: { Start: '2026-11-01', End: '2026-12-02' } }],
    ['no metric', { Metrics: [] }],
    ['an unknown metric', { Metrics: ['Cost'] }],
    ['three groups', by('SERVICE', 'USAGE_TYPE', 'LINKED_ACCOUNT')],
    ['an unknown dimension', by('COLOUR')],
    ['an empty expression', { Filter: {} }],
    ['two roots', { Filter: { ...dimension('SERVICE', 'S3'), Not: dimension('SERVICE', 'S3') } }],
    ['one operand', { Filter: { And: [dimension('SERVICE', 'S3')] } }],
    ['no values', { Filter: dimension('SERVICE') }],
  ];

  it.each(invalid)('is refused: %s', async (_, given) => {
    await expect(ask(given)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  const unknown: readonly (readonly [string, Partial<GetCostAndUsageCommandInput>])[] = [
    ['hours', { Granularity: 'HOURLY' }],
    ['quantities', { Metrics: ['UsageQuantity'] }],
    ['regions', by('REGION')],
    ['cost categories', { Filter: { CostCategories: { Key: 'a', Values: ['b'] } } }],
  ];

  it.each(unknown)('is refused with 501 where bills do not tell: %s', async (_, given) => {
    await expect(ask(given)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  });
});

describe('when somebody asks what is to come', () => {
  const forecast = (given: object = {}, lines = costs) =>
    clientOf(lines).send(
      new GetCostForecastCommand({
        TimePeriod: { Start: '2026-11-16', End: '2026-12-01' },
        Granularity: 'MONTHLY',
        Metric: 'UNBLENDED_COST',
        ...given,
      }),
    );

  it('goes on as in the last thirty days', async () => {
    const lines = [
      line(ann, '2026-11-02', 'EC2', '20'),
      line(ann, '2026-10-20', 'EC2', '10'),
      line(ann, '2026-10-16', 'EC2', '99'),
    ];

    const { Total, ForecastResultsByTime } = await forecast({}, lines);

    expect(Total).toEqual({ Amount: '15', Unit: 'USD' });
    expect(ForecastResultsByTime).toEqual([
      { TimePeriod: { Start: '2026-11-16', End: '2026-12-01' }, MeanValue: '15' },
    ]);
  });

  it('takes a filter, and tells days', async () => {
    const { Total, ForecastResultsByTime } = await forecast({
      Filter: dimension('LINKED_ACCOUNT', ben),
      Granularity: 'DAILY',
    });

    expect(Total?.Amount).toBe('2.5');
    expect(ForecastResultsByTime).toHaveLength(15);
  });

  it('cannot be told without a past', async () => {
    await expect(forecast({}, [])).rejects.toMatchObject({ name: 'DataUnavailableException' });
  });
});

describe('when somebody asks which values there are', () => {
  it('tells them in order, with the names of accounts', async () => {
    const ofDimension = (Dimension: 'SERVICE' | 'LINKED_ACCOUNT', given: object = {}) =>
      clientOf().send(new GetDimensionValuesCommand({ TimePeriod: november, Dimension, ...given }));

    const services = await ofDimension('SERVICE', { SearchString: 'S' });
    const accounts = await ofDimension('LINKED_ACCOUNT', { MaxResults: 2 });

    expect(services.DimensionValues?.map(({ Value }) => Value)).toEqual(['S3', 'Support']);
    expect(accounts).toMatchObject({ ReturnSize: 2, TotalSize: 3, NextPageToken: expect.any(String) });
    expect(accounts.DimensionValues?.[0]).toEqual({ Value: ann, Attributes: { description: 'Ann' } });
  });
});
