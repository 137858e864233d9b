import {
  GetParametersByPathCommand,
  PutParameterCommand,
  SSMClient,
  type GetParametersByPathCommandInput,
  type PutParameterCommandInput,
} from '@aws-sdk/client-ssm';
import { createSsm } from '#emulator/services/ssm/create-ssm.ts';
import { automation, openSmallCloud } from './support-small-cloud.ts';

export const arnOf = (name: string) => `arn:aws:ssm:eu-west-1:${automation}:parameter${name}`;

export function openStore() {
  const cloud = openSmallCloud((platform) => [createSsm(platform).service]);
  const ssm = new SSMClient(cloud.clientConfig());
  const put = (Name: string, Value: string, more: Partial<PutParameterCommandInput> = {}) =>
    ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }));
  /** Puts a parameter without the SDK, where thousands are wanted. */
  const shelf = (Name: string) =>
    cloud.platform.answer(
      {
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers: {
          'x-amz-target': 'AmazonSSM.PutParameter',
          authorization: 'AWS4-HMAC-SHA256 Credential=x/20261122/eu-west-1/ssm/aws4_request',
        },
        body: Buffer.from(JSON.stringify({ Name, Value: 'x', Type: 'String' })),
      },
      'client',
    );
  return { cloud, ssm, put, shelf };
}

export async function withTree() {
  const { cloud, ssm, put } = openStore();
  for (let index = 1; index <= 25; index += 1) await put(`/SpaDemo/Accounts/20000000000${index}`, 'x');
  await put('/SpaDemo/One', '1', { Tags: [{ Key: 'origin', Value: 'SPA' }] });
  await put('/SpaDemo/Two', '2', { Type: 'SecureString' });
  await put('/SpaDemoOther/One', '1');
  await put('plain', '1');
  const walk = async (input: GetParametersByPathCommandInput) => {
    const names: (string | undefined)[] = [];
    let page = await ssm.send(new GetParametersByPathCommand(input));
    for (;;) {
      names.push(...(page.Parameters ?? []).map(({ Name }) => Name));
      if (page.NextToken === undefined) return names;
      page = await ssm.send(new GetParametersByPathCommand({ ...input, NextToken: page.NextToken }));
    }
  };
  return { cloud, ssm, walk };
}
