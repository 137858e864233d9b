import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CloudUnanswered, NoCredentials, reachCloud } from '#cli/deployment/cloud.ts';
import { trustOf } from '#infrastructure/statements.ts';
import { serve, type Endpoint } from '#emulator/http-server.ts';
import { clientsOf } from '#local/account-clients.ts';
import { openWorld } from '#local/open-world.ts';
import { automation, aWorld, settingsOf } from '#tests/worlds.ts';

const { cloud } = await openWorld({ settings: settingsOf(), world: aWorld([]) });
let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await serve(0, (request) => cloud.clock.work(() => cloud.answer(request, 'client')));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${endpoint.port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await endpoint.close();
});

describe('AWS, asked before a deployment', () => {
  it('tells whose credentials are in use, and in which organization', async () => {
    const aws = reachCloud('eu-west-1');

    expect(await aws.callerAccount()).toBe(automation);
    expect(await aws.organizationId()).toBe('o-a1b2c3d4e5');
  });

  it('tells whether the CDK is bootstrapped', async () => {
    const aws = reachCloud('eu-west-1');
    const before = await aws.isBootstrapped();
    const { ssm } = clientsOf(cloud, automation, 'eu-west-1');

    const Name = '/cdk-bootstrap/hnb659fds/version';
    await ssm.send(new PutParameterCommand({ Name, Value: '30', Type: 'String' }));

    expect([before, await aws.isBootstrapped()]).toEqual([false, true]);
  });

  it('tells whose a role is, if it is there', async () => {
    const aws = reachCloud('eu-west-1');
    const { iam } = clientsOf(cloud, automation, 'eu-west-1');
    const role = {
      RoleName: 'Described',
      AssumeRolePolicyDocument: JSON.stringify(trustOf('lambda.amazonaws.com')),
    };

    await iam.send(new CreateRoleCommand({ ...role, Description: 'Of another environment' }));

    expect(await aws.descriptionOfRole('Described')).toBe('Of another environment');
    expect(await aws.descriptionOfRole('Nobody')).toBeUndefined();
  });

  it('is missed in words, where there is none or it takes no credentials', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    await expect(reachCloud('eu-west-1').callerAccount()).rejects.toThrow(CloudUnanswered);
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    vi.stubEnv('AWS_PROFILE', 'nobody');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    await expect(reachCloud('eu-west-1').callerAccount()).rejects.toThrow(NoCredentials);
  });
});
