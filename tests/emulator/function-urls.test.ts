import { beforeEach, describe, expect, it } from 'vitest';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import type { HttpRequest } from '#emulator/service.ts';
import { asAdministrator, automation, openSmallCloud } from '#tests/incidents/cloud.ts';

const FunctionName = 'Web';
const functionArn = `arn:aws:lambda:eu-west-1:${automation}:function:${FunctionName}`;

const toEverybody = {
  FunctionName,
  StatementId: 'Url',
  Action: 'lambda:InvokeFunctionUrl',
  Principal: '*',
  FunctionUrlAuthType: 'NONE',
} as const;
const byUrlOnly = {
  FunctionName,
  StatementId: 'Invoke',
  Action: 'lambda:InvokeFunction',
  Principal: '*',
  InvokedViaFunctionUrl: true,
} as const;

function openWeb() {
  const cloud = openSmallCloud();
  const client = new LambdaClient(asAdministrator(cloud));
  const events: unknown[] = [];
  let reply: unknown = { statusCode: 200, body: 'Hello' };
  cloud.lambda.behave(functionArn, async (event) => {
    events.push(event);
    if (reply instanceof Error) throw reply;
    return reply;
  });

  async function create(AuthType: 'NONE' | 'AWS_IAM' = 'NONE'): Promise<string> {
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    cloud.iam.createRole({
      account: automation,
      name: 'Web',
      trust: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    });
    await cloud.clock.runUntilIdle(cloud.clock.now() + 60_000);
    const Role = `arn:aws:iam::${automation}:role/Web`;
    const Code = { ZipFile: Buffer.from('code') };
    await client.send(
      new CreateFunctionCommand({
        FunctionName,
        Role,
        Code,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
      }),
    );
    const { FunctionUrl = '' } = await client.send(
      new CreateFunctionUrlConfigCommand({ FunctionName, AuthType }),
    );
    return FunctionUrl;
  }

  async function request(url: string, given: Partial<HttpRequest> = {}) {
    const { pathname, searchParams } = new URL(url);
    const answer = cloud.answer(
      { method: 'GET', path: pathname, query: searchParams, headers: {}, body: new Uint8Array(), ...given },
      'client',
    );
    await cloud.clock.runUntilIdle();
    const { status, headers, body } = await answer;
    return { status, headers, body: Buffer.from(body).toString() };
  }

  return { client, create, request, events, replyWith: (value: unknown) => void (reply = value) };
}

describe('when a function URL is open to everybody', () => {
  let web: ReturnType<typeof openWeb>;
  let url: string;

  beforeEach(async () => {
    web = openWeb();
    url = await web.create();
    await web.client.send(new AddPermissionCommand(toEverybody));
    await web.client.send(new AddPermissionCommand(byUrlOnly));
  });

  it('hands the request to the function, in payload format 2.0', async () => {
    await web.request(`${url}a%20b/c?x=1&x=2&y=`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-own': 'é' },
      body: Buffer.from('{"a":1}'),
    });

    expect(web.events).toMatchObject([
      {
        version: '2.0',
        rawPath: '/a%20b/c',
        rawQueryString: 'x=1&x=2&y=',
        queryStringParameters: { x: '1,2', y: '' },
        headers: { 'x-own': 'é' },
        requestContext: { http: { method: 'POST', path: '/a%20b/c' } },
        body: '{"a":1}',
        isBase64Encoded: false,
      },
    ]);
  });

  it('hands over in base64 what is no text', async () => {
    await web.request(url, {
      method: 'PUT',
      headers: { 'content-type': 'image/png' },
      body: Buffer.from([0, 255]),
    });

    expect(web.events).toMatchObject([{ body: 'AP8=', isBase64Encoded: true }]);
  });

  it.each([
    [{ statusCode: 302, headers: { Location: '/x' } }, 302, '', { location: '/x' }],
    [{ statusCode: 200, body: 'aGk=', isBase64Encoded: true }, 200, 'hi', {}],
    [{ some: 'value' }, 200, '{"some":"value"}', { 'content-type': 'application/json' }],
    ['text', 200, '"text"', {}],
    [null, 200, 'null', {}],
  ])('answers as the function does: %j', async (reply, status, body, headers) => {
    web.replyWith(reply);

    const answer = await web.request(url);

    expect(answer).toMatchObject({ status, body, headers });
  });

  it('tells nothing of why a function has failed', async () => {
    web.replyWith(new Error('the password is 1234'));

    const answer = await web.request(url);

    expect([answer.status, answer.body]).toEqual([502, '{"Message":"Internal Server Error"}']);
  });

  it('is throttled where no invocation may run', async () => {
    await web.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
    );

    expect((await web.request(url)).status).toBe(429);
  });

  it('is found under its own address only', async () => {
    expect((await web.request(url.replace(/\/\w+\/$/, `/${'0'.repeat(32)}/`))).status).toBe(404);
    expect((await web.request(url.slice(0, -1))).status).toBe(404);
    expect((await web.request('http://127.0.0.1:4566/elsewhere')).status).toBe(501);
    expect(web.events).toEqual([]);
  });
});

describe('when a function URL is not open', () => {
  it.each([[[]], [[toEverybody]], [[byUrlOnly]]])('answers 403 with %j alone', async (permissions) => {
    const web = openWeb();
    const url = await web.create();
    for (const permission of permissions) await web.client.send(new AddPermissionCommand(permission));

    expect((await web.request(url)).status).toBe(403);
    expect(web.events).toEqual([]);
  });

  it('answers 403 to whoever does not sign, where AWS asks for signatures', async () => {
    const web = openWeb();
    const url = await web.create('AWS_IAM');
    await web.client.send(new AddPermissionCommand(toEverybody));
    await web.client.send(new AddPermissionCommand(byUrlOnly));

    expect((await web.request(url)).status).toBe(403);
  });
});
