import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type AddPermissionCommandInput,
  type CreateFunctionCommandInput,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { automation, member, openMessagingCloud, permitting, refusal, region } from './support-messaging.ts';

const arn = `arn:aws:lambda:${region}:${automation}:function:OnEvent`;
const FunctionName = 'OnEvent';

function openLambda() {
  const cloud = openMessagingCloud();
  const client = cloud.functions();
  const Role = cloud.role(automation, 'Function', { Service: 'lambda.amazonaws.com' });
  const create = (more: Partial<CreateFunctionCommandInput> = {}) =>
    client.send(
      new CreateFunctionCommand({
        FunctionName,
        Role,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: new TextEncoder().encode('code') },
        ...more,
      }),
    );
  return { ...cloud, client, create, Role };
}

describe('a function', () => {
  it('is told as it was created', async () => {
    const { client, create, Role } = openLambda();

    const created = await create({
      Timeout: 900,
      MemorySize: 256,
      Architectures: ['arm64'],
      Environment: { Variables: { SETTINGS: 'x' } },
      Tags: { origin: 'Spa' },
    });

    const told = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect(told).toMatchObject({
      FunctionName,
      FunctionArn: arn,
      Role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 900,
      MemorySize: 256,
      Architectures: ['arm64'],
      Environment: { Variables: { SETTINGS: 'x' } },
      LastModified: '2026-11-22T12:00:00.000+0000',
      CodeSize: 4,
      Version: '$LATEST',
      State: 'Active',
      LastUpdateStatus: 'Successful',
      RevisionId: created.RevisionId,
    });
    const { Configuration, Tags } = await client.send(new GetFunctionCommand({ FunctionName: arn }));
    expect(Configuration?.FunctionArn).toBe(arn);
    expect(Tags).toEqual({ origin: 'Spa' });
  });

  it('is called by name, by ARN, or by both in part', async () => {
    const { client, create } = openLambda();
    await create();

    for (const name of [FunctionName, arn, `${automation}:function:OnEvent`, `${arn}:$LATEST`]) {
      const { FunctionArn } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
      expect(FunctionArn).toBe(arn);
    }
    for (const name of ['Other', arn.replace('eu-west-1', 'us-east-1')]) {
      await expect(client.send(new GetFunctionCommand({ FunctionName: name }))).rejects.toEqual(
        refusal('ResourceNotFoundException', 'Function not found: arn:aws:lambda'),
      );
    }
    await expect(client.send(new GetFunctionCommand({ FunctionName: `${arn}:7` }))).rejects.toEqual(
      refusal('NotImplemented'),
    );
  });

  it('is updated in what the update names', async () => {
    const { client, create, pass } = openLambda();
    const { RevisionId, CodeSha256 } = await create({
      Environment: { Variables: { a: '1' } },
      MemorySize: 512,
    });
    const update = (more: Partial<UpdateFunctionConfigurationCommandInput>) =>
      client.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...more }));
    await pass(60);

    const configured = await update({ Timeout: 60, Environment: { Variables: { b: '2' } }, RevisionId });
    const coded = await client.send(
      new UpdateFunctionCodeCommand({ FunctionName, ZipFile: new Uint8Array([1]) }),
    );

    expect(configured).toMatchObject({
      Timeout: 60,
      MemorySize: 512,
      Environment: { Variables: { b: '2' } },
    });
    expect(configured.LastModified).toBe('2026-11-22T12:01:00.000+0000');
    expect([configured.CodeSha256, coded.CodeSha256 === CodeSha256]).toEqual([CodeSha256, false]);
    await expect(update({ Timeout: 30, RevisionId })).rejects.toEqual(refusal('PreconditionFailedException'));
  });

  it('is listed by pages of fifty', async () => {
    const { client, create } = openLambda();
    for (let at = 0; at < 60; at += 1) await create({ FunctionName: `Function${at}` });

    const first = await client.send(new ListFunctionsCommand({}));
    const second = await client.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
    const small = await client.send(new ListFunctionsCommand({ MaxItems: 7 }));

    expect([first, second, small].map(({ Functions }) => Functions?.length)).toEqual([50, 10, 7]);
    expect(second.NextMarker).toBeUndefined();
  });

  it('is there once, until it is deleted', async () => {
    const { client, create } = openLambda();
    await create();

    await expect(create()).rejects.toEqual(refusal('ResourceConflictException', 'already exist'));
    await client.send(new DeleteFunctionCommand({ FunctionName }));
    await expect(client.send(new DeleteFunctionCommand({ FunctionName }))).rejects.toEqual(
      refusal('ResourceNotFoundException'),
    );
    await create();
  });

  it.each<[string, Partial<CreateFunctionCommandInput>, string]>([
    ['a name with a dot', { FunctionName: 'on.event' }, 'ValidationException'],
    ['more than a quarter of an hour', { Timeout: 901 }, 'ValidationException'],
    ['too little memory', { MemorySize: 64 }, 'ValidationException'],
    ['no code', { Code: {} }, 'InvalidParameterValueException'],
    [
      'a variable of Lambda itself',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
    ],
    [
      'too large an environment',
      { Environment: { Variables: { a: 'x'.repeat(4096) } } },
      'InvalidParameterValueException',
    ],
    ['a network', { VpcConfig: { SubnetIds: ['subnet-1'] } }, 'NotImplemented'],
    ['a version', { Publish: true }, 'NotImplemented'],
    [
      'a role that is not there',
      { Role: `arn:aws:iam::${automation}:role/Nobody` },
      'InvalidParameterValueException',
    ],
    ['a role of another account', { Role: `arn:aws:iam::${member}:role/Function` }, 'AccessDeniedException'],
  ])('is refused with %s', async (_, input, code) => {
    const { create } = openLambda();

    await expect(create(input)).rejects.toEqual(refusal(code));
  });

  it('has a role that trusts Lambda, given by who may pass it on', async () => {
    const cloud = openLambda();
    const Role = cloud.role(automation, 'Events', { Service: 'events.amazonaws.com' });
    const caller = cloud.role(
      automation,
      'Caller',
      { AWS: automation },
      permitting('lambda:CreateFunction', arn),
    );
    const client = cloud.functions(cloud.sessionOf(caller));
    const command = new CreateFunctionCommand({
      FunctionName,
      Role: cloud.Role,
      Code: { ZipFile: new Uint8Array([1]) },
    });

    await expect(cloud.create({ Role })).rejects.toEqual(
      refusal('InvalidParameterValueException', 'cannot be assumed by Lambda'),
    );
    await expect(client.send(command)).rejects.toEqual(refusal('AccessDeniedException', 'iam:PassRole'));
  });

  it('bears tags', async () => {
    const { client, create } = openLambda();
    await create();

    await client.send(new TagResourceCommand({ Resource: arn, Tags: { a: '1', b: '2', c: '3' } }));
    await client.send(new UntagResourceCommand({ Resource: arn, TagKeys: ['a', 'b'] }));

    expect((await client.send(new ListTagsCommand({ Resource: arn }))).Tags).toEqual({ c: '3' });
  });

  it('has a URL', async () => {
    const { client, create } = openLambda();
    await create();
    const made = await client.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }));

    expect(made.FunctionUrl).toMatch(/^http:\/\/127\.0\.0\.1:4566\/function-urls\/\w{32}\/$/);
    expect(await client.send(new GetFunctionUrlConfigCommand({ FunctionName }))).toMatchObject({
      FunctionUrl: made.FunctionUrl,
      AuthType: 'NONE',
    });
    await client.send(new DeleteFunctionUrlConfigCommand({ FunctionName }));
    await expect(client.send(new GetFunctionUrlConfigCommand({ FunctionName }))).rejects.toEqual(
      refusal('ResourceNotFoundException'),
    );
  });
});

describe('the policy of a function', () => {
  const permission: AddPermissionCommandInput = {
    FunctionName,
    StatementId: 'rule',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: `arn:aws:events:${region}:${automation}:rule/OnEvent`,
  };

  it('is made of statements', async () => {
    const { client, create } = openLambda();
    await create();
    const policy = () => client.send(new GetPolicyCommand({ FunctionName }));
    await expect(policy()).rejects.toEqual(refusal('ResourceNotFoundException'));

    await client.send(new AddPermissionCommand(permission));
    await client.send(
      new AddPermissionCommand({
        ...permission,
        StatementId: 'account',
        Principal: member,
        SourceArn: undefined,
        SourceAccount: member,
      }),
    );

    expect(JSON.parse((await policy()).Policy ?? '')).toMatchObject({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'rule',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: arn,
          Condition: { ArnLike: { 'AWS:SourceArn': permission.SourceArn } },
        },
        {
          Sid: 'account',
          Principal: { AWS: `arn:aws:iam::${member}:root` },
          Condition: { StringEquals: { 'AWS:SourceAccount': member } },
        },
      ],
    });
    await client.send(new RemovePermissionCommand({ FunctionName, StatementId: 'rule' }));
    await expect(
      client.send(new RemovePermissionCommand({ FunctionName, StatementId: 'rule' })),
    ).rejects.toEqual(refusal('ResourceNotFoundException'));
  });

  it.each([
    ['a statement twice', {}, 'ResourceConflictException'],
    ['a principal that is none', { StatementId: 'b', Principal: 'nobody' }, 'InvalidParameterValueException'],
    [
      'an action of another service',
      { StatementId: 'b', Action: 'sqs:SendMessage' },
      'InvalidParameterValueException',
    ],
  ])('refuses %s', async (_, more, code) => {
    const { client, create } = openLambda();
    await create();
    await client.send(new AddPermissionCommand(permission));

    await expect(client.send(new AddPermissionCommand({ ...permission, ...more }))).rejects.toEqual(
      refusal(code),
    );
  });

  it('lets services in, on behalf of the source that it names', async () => {
    const { client, create, platform } = openLambda();
    await create();
    const invoke = (source: string, functionArn = arn) =>
      platform.functions.invokeLater(functionArn, '{}', {
        service: 'events.amazonaws.com',
        account: automation,
        source,
      });
    const { SourceArn = '' } = permission;

    expect(invoke(SourceArn)).toBe(false);
    await client.send(new AddPermissionCommand(permission));

    expect([invoke(SourceArn), invoke(`${SourceArn}s`), invoke(SourceArn, `${arn}s`)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the settings of a function', () => {
  it('set places aside for it', async () => {
    const { client, create } = openLambda();
    await create();
    const put = (ReservedConcurrentExecutions: number) =>
      client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
    const get = async () =>
      (await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions;

    await put(7);
    expect(await get()).toBe(7);
    await put(900);
    await expect(put(901)).rejects.toEqual(refusal('InvalidParameterValueException', 'below its minimum'));
    expect(await get()).toBe(900);
    await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    expect(await get()).toBeUndefined();
  });

  it('say what becomes of events', async () => {
    const cloud = openLambda();
    const { client, create } = cloud;
    const destination = `arn:aws:sqs:${region}:${automation}:Failed`;
    const put = (Destination: string) =>
      client.send(
        new PutFunctionEventInvokeConfigCommand({
          FunctionName,
          MaximumRetryAttempts: 1,
          DestinationConfig: { OnFailure: { Destination } },
        }),
      );
    const Role = cloud.role(
      automation,
      'Sender',
      { Service: 'lambda.amazonaws.com' },
      permitting('sqs:SendMessage', destination),
    );
    await create({ Role });

    await put(destination);

    expect(await client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).toMatchObject({
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: destination } },
    });
    await expect(put(`${destination}s`)).rejects.toEqual(
      refusal('InvalidParameterValueException', 'SendMessage'),
    );
    await expect(put(`arn:aws:sns:${region}:${automation}:Topic`)).rejects.toEqual(refusal('NotImplemented'));
    await client.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
    await expect(client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).rejects.toEqual(
      refusal('ResourceNotFoundException'),
    );
  });
});
