import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { deploymentCommands } from '#cli/deployment/deployment-commands.ts';
import type { CommandOutcome } from '#cli/settings/command-outcome.ts';
import { settingsFileFrom } from './settings-from.ts';

const settings = settingsFileFrom();
const newFolder = () => mkdtempSync(join(tmpdir(), 'spa-command-'));

/** Runs what a person types after `spa`. */
async function run(...typed: readonly string[]): Promise<CommandOutcome | undefined> {
  let outcome: CommandOutcome | undefined;
  const program = new Command().exitOverride();
  const commands = deploymentCommands({
    settingsFile: (named) => named ?? settings,
    ask: undefined,
    leave: (left) => (outcome = left),
  });
  for (const command of commands) {
    program.addCommand(command.exitOverride().configureOutput({ writeErr: () => {} }));
  }
  await program.parseAsync(typed, { from: 'user' });
  return outcome;
}

describe('what people type', () => {
  it('writes templates, and lists them', async () => {
    const outcome = await run('synth', '--output', newFolder(), '--identity-center-region', 'eu-central-1');

    expect(outcome?.exitStatus).toBe(0);
    expect(outcome?.stderr).toMatch(/SpaTestAutomation +123456789012 +eu-west-1 +\d+ +\d+ KB/);
    expect(outcome?.stderr).toContain('SpaTestManagement-eu-central-1');
  });

  it('is told what is wrong with a region', async () => {
    const outcome = await run('synth', '--output', newFolder(), '--identity-center-region', 'eu-west-9');

    expect(outcome?.exitStatus).toBe(1);
    expect(outcome?.stderr).toContain('"eu-west-9"');
  });

  it('asks for an estimate at a number of accounts', async () => {
    const outcome = await run('estimate', '--accounts', '5000', '--json');

    expect(JSON.parse(outcome?.stdout ?? '')).toMatchObject({ accounts: 5000, currency: 'USD' });
  });

  it.each([
    [['estimate', '--accounts', '0']],
    [['estimate', '--accounts', 'many']],
    [['deploy', '--organization', '123456789012']],
    [['destroy', '--everything']],
  ])('is refused when it makes no sense: %s', async (typed) => {
    await expect(run(...typed)).rejects.toThrow(/invalid|unknown/);
  });

  it('destroys nothing without a person or their word', async () => {
    expect((await run('destroy'))?.exitStatus).toBe(2);
  });
});
