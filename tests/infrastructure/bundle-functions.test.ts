import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#functions/catalogue.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import { bundleFunctions, FunctionFileMissing } from '#infrastructure/bundle-functions.ts';
import { functionEnvironmentOf } from '#infrastructure/deployment-of.ts';
import { settingsFrom } from './settings-from.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'spa-bundles-'));
const bundles = await bundleFunctions(catalogue, newFolder());
const settings = await settingsFrom();

const codeOf = (name: string) => {
  const folder = bundles.get(name)?.folder ?? '';
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
};

/** Runs a bundle as Lambda does: in another process, with the variables of its function and nothing else. */
function invoke(name: string, payload: unknown): unknown {
  const module = JSON.stringify(join(bundles.get(name)?.folder ?? '', 'index.mjs'));
  const source = `const { handler } = await import(${module});
    console.error(JSON.stringify(await handler(${JSON.stringify(payload)}, {})));`;
  const env = { ...functionEnvironmentOf(settings), AWS_REGION: 'eu-west-1' };
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], { env });
  return JSON.parse(stderr.toString());
}

describe('the bundle of a function', () => {
  it('runs by itself, with what its function is declared to do', () => {
    expect(invoke('CheckHealth', {})).toBe('[OK]');
  });

  it('reads what Lambda hands to it, with every adapter on board', () => {
    const { name } = catalogue.toSorted((one, other) => other.needs.length - one.needs.length)[0] ?? {};
    const message = { eventSource: 'aws:sqs', messageId: '1', body: 'no event' };

    expect(invoke(name ?? '', { Records: [message] })).toEqual({ batchItemFailures: [] });
  });

  it('holds the clients of the ports that the function needs, and no other', () => {
    const holds = (name: string, service: string) => codeOf(name).includes(`"@aws-sdk/client-${service}"`);

    expect(holds('CheckAccounts', 'organizations')).toBe(true);
    expect(holds('CheckAccounts', 'codebuild')).toBe(false);
    expect(holds('OnExpiredAccount', 'codebuild')).toBe(true);
    expect(holds('CheckHealth', 'organizations')).toBe(false);
  });

  it('stays small: 700 KB for most, 1.2 MB for all', () => {
    const sizes = [...bundles.values()].map(({ bytes }) => bytes).toSorted((one, other) => one - other);

    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(700_000);
    expect(sizes.at(-1)).toBeLessThan(1_200_000);
  });

  it('cannot be made of a function whose file is not where its name says', async () => {
    const misplaced = { ...catalogue[0], name: 'OnNothing' } as FunctionDeclaration;
    const copied = { ...catalogue[0] } as FunctionDeclaration;

    await expect(bundleFunctions([misplaced], newFolder())).rejects.toThrow(FunctionFileMissing);
    await expect(bundleFunctions([copied], newFolder())).rejects.toThrow(FunctionFileMissing);
  });
});
