import { CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { AwsError } from '#emulator/aws-error.ts';
import { clientsOf, installersOf } from '#local/account-clients.ts';
import { automation, tell } from '#tests/worlds.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

describe('when an installer goes past the wire', () => {
  it('leaves behind what a client on the wire finds', async () => {
    const { cloud } = await tell([]);
    const { iam, lambda } = installersOf(cloud, automation, 'eu-west-1');
    const onTheWire = clientsOf(cloud, automation, 'eu-west-1');

    const created = await iam.send(
      new CreateRoleCommand({ RoleName: 'Late', AssumeRolePolicyDocument: trust }),
    );
    await cloud.clock.runUntilIdle(cloud.clock.now() + 15_000);
    const Role = created.Role?.Arn;
    const Code = { ZipFile: Buffer.from('code') };
    await lambda.send(new CreateFunctionCommand({ FunctionName: 'Late', Role, Code, Timeout: 7 }));

    expect(
      await onTheWire.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'Late' })),
    ).toMatchObject({ Role: `arn:aws:iam::${automation}:role/Late`, Timeout: 7, CodeSize: 4 });
  });

  it('is refused as by the service, for want of a thing and of an operation', async () => {
    const { cloud } = await tell([]);
    const { iam } = installersOf(cloud, automation, 'eu-west-1');

    await expect(iam.send(new GetRoleCommand({ RoleName: 'Nobody' }))).rejects.toThrow(AwsError);
    await expect(
      cloud.operate({
        service: 'chess',
        operation: 'Move',
        input: {},
        account: automation,
        region: 'eu-west-1',
      }),
    ).rejects.toThrow(/chess/);
  });
});
