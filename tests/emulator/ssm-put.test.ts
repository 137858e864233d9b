import {
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { opensAt } from './support-small-cloud.ts';
import { arnOf, openStore } from './support-ssm.ts';

describe('when a parameter is put', () => {
  it('is read by its name, its ARN and its version', async () => {
    const { ssm, put } = openStore();
    await put('/SpaDemo/Accounts/200000000000', '{"note":"one"}');
    await put('/SpaDemo/Accounts/200000000000', '{"note":"two"}', { Overwrite: true });
    const name = '/SpaDemo/Accounts/200000000000';

    const references = [name, arnOf(name), `${name}:1`, `${arnOf(name)}:1`];
    const values = await Promise.all(
      references.map(async (Name) => (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value),
    );
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `${name}:2` }));

    expect(values).toEqual(['{"note":"two"}', '{"note":"two"}', '{"note":"one"}', '{"note":"one"}']);
    expect(Parameter).toEqual({
      Name: name,
      Type: 'String',
      Value: '{"note":"two"}',
      Version: 2,
      Selector: ':2',
      LastModifiedDate: new Date(opensAt),
      ARN: arnOf(name),
      DataType: 'text',
    });
  });

  it('is not overwritten unless asked, and keeps what the overwriting leaves out', async () => {
    const { ssm, put } = openStore();
    await put('note', 'one', { Description: 'for people', Tags: [{ Key: 'origin', Value: 'SPA' }] });

    const again = put('note', 'two');
    await expect(again).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    const { Version } = await ssm.send(
      new PutParameterCommand({ Name: 'note', Value: 'two', Overwrite: true }),
    );
    const { Parameters } = await ssm.send(new DescribeParametersCommand({}));

    expect(Version).toBe(2);
    expect(Parameters).toMatchObject([
      { Type: 'String', Description: 'for people', Version: 2, Tier: 'Standard' },
    ]);
  });

  it('keeps the last hundred versions', async () => {
    const { ssm, put } = openStore();
    for (let version = 1; version <= 101; version += 1) await put('note', `${version}`, { Overwrite: true });

    const first = ssm.send(new GetParameterCommand({ Name: 'note:1' }));
    const history = await ssm.send(new GetParameterHistoryCommand({ Name: 'note' }));
    const rest = await ssm.send(
      new GetParameterHistoryCommand({ Name: 'note', NextToken: history.NextToken }),
    );

    await expect(first).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    expect(history.Parameters?.map(({ Value }) => Value).slice(0, 2)).toEqual(['2', '3']);
    expect([history.Parameters?.length, rest.Parameters?.length, rest.NextToken]).toEqual([
      50,
      50,
      undefined,
    ]);
  });

  it('takes 4096 bytes in the standard tier, 8192 in the advanced one, and stays there', async () => {
    const { put } = openStore();

    const results = [
      await put('standard', 'x'.repeat(4096)),
      await put('clever', 'x'.repeat(4096), { Tier: 'Intelligent-Tiering' }),
      await put('clever', 'x'.repeat(4097), { Tier: 'Intelligent-Tiering', Overwrite: true }),
      await put('clever', 'x', { Overwrite: true }),
      await put('clever', 'x', { Tier: 'Intelligent-Tiering', Overwrite: true }),
      await put('large', 'x'.repeat(8192), { Tier: 'Advanced' }),
    ];

    expect(results.map(({ Tier }) => Tier)).toEqual([
      'Standard',
      'Standard',
      'Advanced',
      'Advanced',
      'Advanced',
      'Advanced',
    ]);
    const refused = { name: 'ValidationException' };
    await expect(put('standard', 'é'.repeat(2049), { Overwrite: true })).rejects.toMatchObject(refused);
    await expect(put('large', 'x'.repeat(8193), { Overwrite: true })).rejects.toMatchObject(refused);
    await expect(put('large', 'x', { Tier: 'Standard', Overwrite: true })).rejects.toMatchObject(refused);
  });

  it('hides a secure value from whoever does not ask for its decryption', async () => {
    const { ssm, put } = openStore();
    await put('webhook', 'secret', { Type: 'SecureString' });

    const hidden = await ssm.send(new GetParameterCommand({ Name: 'webhook' }));
    const shown = await ssm.send(new GetParameterCommand({ Name: 'webhook', WithDecryption: true }));

    expect(hidden.Parameter?.Value).not.toContain('secret');
    expect(shown.Parameter).toMatchObject({ Type: 'SecureString', Value: 'secret' });
  });

  it.each<[string, Partial<PutParameterCommandInput>, string]>([
    ['a name with a space', { Name: 'a b' }, 'ValidationException'],
    ['a path without its first slash', { Name: 'a/b' }, 'ValidationException'],
    ['an empty level', { Name: '/a//b' }, 'ValidationException'],
    ['a reserved name', { Name: 'ssmOfMine' }, 'ValidationException'],
    ['a path of AWS', { Name: '/aws/mine' }, 'AccessDeniedException'],
    ['16 levels', { Name: '/a'.repeat(16) }, 'HierarchyLevelLimitExceededException'],
    ['a name that is too long', { Name: 'a'.repeat(1011) }, 'ValidationException'],
    ['an empty value', { Value: '' }, 'ValidationException'],
    ['no type', { Type: undefined }, 'ValidationException'],
    [
      'tags together with overwrite',
      { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] },
      'ValidationException',
    ],
    ['a value beside its pattern', { AllowedPattern: '^\\d+$' }, 'ParameterPatternMismatchException'],
    ['a pattern that is none', { AllowedPattern: '(' }, 'InvalidAllowedPatternException'],
    ['policies', { Policies: '[]' }, 'NotImplemented'],
  ])('refuses %s', async (_, difference, name) => {
    const { ssm } = openStore();

    const result = ssm.send(
      new PutParameterCommand({ Name: 'a', Value: 'b', Type: 'String', ...difference }),
    );

    await expect(result).rejects.toMatchObject({ name });
  });

  it('can not change its type', async () => {
    const { put } = openStore();
    await put('note', 'one');

    const change = put('note', 'one', { Type: 'SecureString', Overwrite: true });

    await expect(change).rejects.toMatchObject({ name: 'HierarchyTypeMismatchException' });
  });

  it('is refused beyond ten thousand standard ones, until one is deleted', async () => {
    const { shelf, ssm, put } = openStore();
    for (let index = 0; index < 10_000; index += 1) await shelf(`/SpaDemo/${index}`);
    await put('/SpaDemo/0', 'overwritten', { Overwrite: true });

    await expect(put('more', 'x')).rejects.toMatchObject({ name: 'ParameterLimitExceeded' });
    await ssm.send(new DeleteParameterCommand({ Name: '/SpaDemo/0' }));
    await expect(put('more', 'x')).resolves.toMatchObject({ Version: 1 });
    await expect(put('yet-more', 'x')).rejects.toMatchObject({ name: 'ParameterLimitExceeded' });
  });
});
