import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { openCloud } from '#emulator/cloud.ts';
import { administratorKey, type Observer } from '#emulator/dispatch.ts';

const management = accountId('111111111111');
const automation = accountId('123456789012');

function aCloud(observe: Observer = () => {}) {
  const accounts = [management, automation].map((id) => ({
    id,
    name: id,
    email: `${id}@example.com`,
    parent: 'r-ab12',
    state: 'ACTIVE' as const,
    tags: {},
  }));
  return openCloud({
    automationAccount: automation,
    clock: createClock(0),
    builds: { behaviour: async () => ({ status: 'SUCCEEDED' }) },
    organization: {
      seed: { id: 'o-a1b2c3d4e5', root: 'r-ab12', managementAccount: management, units: [], accounts },
    },
    observe,
  });
}

interface Asked {
  readonly service?: string;
  readonly target?: string;
  readonly key?: string;
  readonly body?: string;
  readonly contentType?: string;
}

async function ask(
  cloud: ReturnType<typeof aCloud>,
  { service, target, key = 'x', body = '', contentType }: Asked,
) {
  const scope = `Credential=${key}/20261116/eu-west-1/${service}/aws4_request`;
  const {
    status,
    headers,
    body: answer,
  } = await cloud.answer(
    {
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {
        ...(service ? { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0` } : {}),
        ...(target ? { 'x-amz-target': target } : {}),
        ...(contentType ? { 'content-type': contentType } : {}),
      },
      body: Buffer.from(body),
    },
    'client',
  );
  return { status, headers, body: String(answer) };
}

const form = { contentType: 'application/x-www-form-urlencoded; charset=utf-8' };

describe('when a request is signed for a service', () => {
  it('is answered by it, in its own protocol, with an identifier of its own', async () => {
    const cloud = aCloud();

    const json = await ask(cloud, {
      service: 'organizations',
      target: 'AWSOrganizationsV20161128.ListRoots',
      body: '{}',
    });
    const xml = await ask(cloud, { service: 'sts', ...form, body: 'Action=GetCallerIdentity' });

    expect(JSON.parse(json.body)).toMatchObject({ Roots: [{ Id: 'r-ab12' }] });
    expect(xml.body).toContain(`<Account>${automation}</Account>`);
    expect(json.headers['x-amzn-requestid']).not.toBe(xml.headers['x-amzn-requestid']);
  });

  it.each([
    ['organizations', 'as administrator of the management account', 'x', management],
    ['sts', 'as administrator of the automation account', 'x', automation],
    [
      'sts',
      'as administrator of the account that the key names',
      administratorKey(accountId('200000000000')),
      '200000000000',
    ],
    ['sts', 'as usual, when the key names no account', 'LOCAL12', automation],
  ])('is taken, for %s, %s', async (service, _, key, expected) => {
    const accounts: string[] = [];
    const cloud = aCloud((_service, { account }) => void accounts.push(account));

    await ask(cloud, {
      service,
      key,
      ...(service === 'sts'
        ? { ...form, body: 'Action=GetCallerIdentity' }
        : { target: 'AWSOrganizationsV20161128.ListRoots' }),
    });

    expect(accounts).toEqual([expected]);
  });
});

describe('when a request asks for what the local cloud does not know', () => {
  it.each(['ListHandshakesForAccount', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'is refused with 501: operation %s',
    async (operation) => {
      const seen: unknown[] = [];
      const cloud = aCloud((_service, call, error) => void seen.push([call.operation, error?.code]));

      const json = await ask(cloud, {
        service: 'organizations',
        target: `AWSOrganizationsV20161128.${operation}`,
      });
      const xml = await ask(cloud, { service: 'iam', ...form, body: `Action=${operation}` });

      expect(json).toMatchObject({ status: 501, headers: { 'x-amzn-errortype': 'NotImplemented' } });
      expect(xml).toMatchObject({
        status: 501,
        body: expect.stringContaining('<Code>NotImplemented</Code>'),
      });
      expect(seen).toEqual([
        [operation, 'NotImplemented'],
        [operation, 'NotImplemented'],
      ]);
    },
  );

  it('is refused in the language of its client: a service', async () => {
    const cloud = aCloud();

    const json = await ask(cloud, { service: 'kms', target: 'TrentService.ListKeys' });
    const query = await ask(cloud, { service: 'rds', ...form, body: 'Action=DescribeDBInstances' });
    const ec2 = await ask(cloud, { service: 'ec2', ...form, body: 'Action=DescribeInstances' });

    expect([json, query, ec2].map(({ status }) => status)).toEqual([501, 501, 501]);
    expect(JSON.parse(json.body)).toMatchObject({ message: 'The local cloud does not know the service kms' });
    expect(query.body).toMatch(/^<ErrorResponse .*<Code>NotImplemented<\/Code>/);
    expect(ec2.body).toMatch(/^<Response><Errors><Error><Code>NotImplemented<\/Code>/);
  });

  it.each<Asked>([
    {},
    { service: '' },
    { service: 'sqs' },
    { service: 'iam', body: '' },
    { service: 'lambda', body: '{}' },
  ])('is refused with 501: %j', async (asked) => {
    expect(await ask(aCloud(), asked)).toMatchObject({ status: 501 });
  });
});

describe('when a request cannot be read', () => {
  it.each(['{', '[]', 'null', '"text"', '\u0000'])('is refused as such: %j', async (body) => {
    const answer = await ask(aCloud(), {
      service: 'organizations',
      target: 'AWSOrganizationsV20161128.ListRoots',
      body,
    });

    expect(answer).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': 'SerializationException' } });
  });
});

describe('when an operation fails', () => {
  it('is told to those who count, with what was refused', async () => {
    const refused: (string | undefined)[] = [];
    const cloud = aCloud((_service, _call, error) => void refused.push(error?.code));

    const answer = await ask(cloud, {
      service: 'organizations',
      target: 'AWSOrganizationsV20161128.DescribeAccount',
      body: '{"AccountId":"999999999999"}',
    });

    expect(answer.status).toBe(400);
    expect(refused).toEqual(['AccountNotFoundException']);
  });
});
