#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { InvalidSettings } from '#domain/settings/invalid-settings.ts';
import { PortNotFree } from '#emulator/http-server.ts';
import { removeTemporaryFolders } from '#infrastructure/temporary-folders.ts';
import { InvalidFaultPlan } from '#local/faults/invalid-fault-plan.ts';
import { InstallationFailed } from '#local/installation-failed.ts';
import { InvalidWorld } from '#local/world/invalid-world.ts';
import { accountsCommand } from './accounts/accounts-command.ts';
import { askOn } from './deployment/ask-on.ts';
import { deploymentCommands } from './deployment/deployment-commands.ts';
import { doctorCommand } from './doctor/doctor-command.ts';
import { faultsOutcome } from './faults-outcome.ts';
import { reportCommand } from './report/report-command.ts';
import { checkSettings } from './settings/check-settings.ts';
import type { CommandOutcome } from './settings/command-outcome.ts';
import { explainSettings } from './settings/explain-settings.ts';
import { settingsSchema } from './settings/settings-schema.ts';

const example = fileURLToPath(new URL('../../settings.example.yaml', import.meta.url));

/** The file that people name, else the variable SETTINGS, else undefined. An empty name is none. */
const namedFile = (named: string | undefined) => named || process.env['SETTINGS'] || undefined;

const settingsFile = (named: string | undefined) => namedFile(named) ?? 'settings.yaml';

/** `spa local` runs on the example when nobody has written settings yet. */
function settingsForLocal(named: string | undefined): string {
  const file = settingsFile(named);
  return namedFile(named) === undefined && !existsSync(file) ? example : file;
}

function number(least: number, most: number, form = { pattern: /^\d+(\.\d+)?$/, name: 'a number' }) {
  return (text: string): number => {
    const value = Number(text);
    if (!form.pattern.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`expected ${form.name} from ${least} to ${most}`);
    }
    return value;
  };
}

const wholeNumber = (least: number, most: number) =>
  number(least, most, { pattern: /^\d+$/, name: 'a whole number' });

/** What a signal does: it ends the process, unless somebody waits for the person to have seen enough. */
let heed: (() => void) | undefined;
for (const [signal, exitStatus] of [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    if (!heed) process.exit(exitStatus);
    heed();
    // Whoever asks again cannot wait.
    heed = undefined;
  });
}
process.on('exit', removeTemporaryFolders);

/** Resolves when the person has seen enough. */
const interruption = () => new Promise<void>((resolve) => (heed = resolve));

function leave({ exitStatus, stdout, stderr }: CommandOutcome): void {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitStatus;
}

const settingsOption = () =>
  new Option('--settings <file>', 'settings file (default: the variable SETTINGS, else settings.yaml)');
const jsonOption = () => new Option('--json', 'print one JSON document on standard output').default(false);

function settingsCommand(): Command {
  const command = new Command('settings').description('validate and explain the settings file');
  command
    .command('check')
    .description('tell everything that is wrong with the settings, or sum them up')
    .addOption(settingsOption())
    .addOption(jsonOption())
    .action(({ settings, json }) => leave(checkSettings({ settings: settingsFile(settings), json })));
  command
    .command('explain <account>')
    .description('print the settings that hold for an account, and where each comes from')
    .option('--unit <ou>', 'organizational unit that holds the account')
    .addOption(settingsOption())
    .addOption(jsonOption())
    .action((account, { settings, unit, json }) =>
      leave(explainSettings({ account, unit, settings: settingsFile(settings), json })),
    );
  command
    .command('schema')
    .description('print the JSON schema of the settings file, for editors')
    .addOption(jsonOption())
    .action(() => leave(settingsSchema()));
  return command;
}

function localCommand(): Command {
  return new Command('local')
    .description('run the product on this machine, without an AWS account')
    .addOption(
      new Option(
        '--settings <file>',
        'settings file (default: SETTINGS, else settings.yaml, else the example)',
      ),
    )
    .option('--world <file>', 'organization to open with (default: a sample of 30 accounts)')
    .option('--port <n>', 'port of the AWS endpoint, 0 for any that is free', wholeNumber(0, 65_535), 4566)
    .option('--speed <n>', 'simulated seconds per real second, at most', number(0.001, 1e9), 60)
    .option('--quotas', 'throttle calls as AWS publishes it', false)
    .option('--deployed', 'run the synthesized templates and bundles instead of the sources', false)
    .option('--faults <file>', 'what goes wrong, and how often')
    .option('--until-idle', 'on-board all accounts, run one maintenance window, report, exit', false)
    .option('--no-onboarding', 'leave accounts as the world file has them')
    .addOption(jsonOption())
    .action(async (options) => {
      // Loaded when it is wanted: the other commands start without the local cloud.
      const { runLocal } = await import('./local/run-local.ts');
      const { summaryLines } = await import('./local/summary-lines.ts');
      const settings = settingsForLocal(options.settings);
      const summary = await runLocal({ ...options, settings, output: process.stderr, interruption });
      if (!summary) return;
      const exitStatus = summary.stuck.length > 0 ? 1 : 0;
      if (options.json) leave({ exitStatus, stdout: `${JSON.stringify(summary)}\n`, stderr: '' });
      else leave({ exitStatus, stdout: '', stderr: summaryLines(summary) });
    });
}

const program = new Command('spa')
  .description('Sustainable Personal Accounts: an AWS account for every engineer')
  .addCommand(localCommand())
  .addCommand(settingsCommand())
  .addCommand(accountsCommand({ settingsFile, leave }))
  .addCommand(doctorCommand({ settingsFile, leave, isTerminal: process.stderr.isTTY }))
  .addCommand(reportCommand({ settingsFile, leave, progress: process.stderr }))
  .exitOverride();

const ask = askOn(process.stdin, process.stderr);
for (const command of deploymentCommands({ settingsFile, ask, leave })) program.addCommand(command);

for (const command of [...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
  command.exitOverride();
}

/** What people can mend is told in one sentence; anything else is our fault, and told in full. */
function explain(fault: unknown): CommandOutcome {
  if (fault instanceof CommanderError)
    return { exitStatus: fault.exitCode === 0 ? 0 : 2, stdout: '', stderr: '' };
  if (
    fault instanceof InvalidSettings ||
    fault instanceof InvalidWorld ||
    fault instanceof InvalidFaultPlan
  ) {
    return faultsOutcome(fault, process.argv.includes('--json'));
  }
  if (fault instanceof InstallationFailed) {
    return { exitStatus: 1, stdout: '', stderr: `${fault.message}\n` };
  }
  if (fault instanceof PortNotFree) return { exitStatus: 2, stdout: '', stderr: `${fault.message}\n` };
  const detail = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  return {
    exitStatus: 1,
    stdout: '',
    stderr: `This is a fault of the product, please report it:\n${detail}\n`,
  };
}

// Whoever reads only the first lines, as `head` does, has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') throw fault;
  });
}

try {
  await program.parseAsync();
} catch (fault) {
  leave(explain(fault));
}
