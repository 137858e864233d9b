import { Command } from 'commander';
import type { CommandOutcome } from '../settings/command-outcome.ts';

/** What the commands take from the process that runs them. */
export interface AccountsProcess {
  /** The settings file, from what people name. */
  readonly settingsFile: (named: string | undefined) => string;
  readonly leave: (outcome: CommandOutcome) => void;
}

interface Given {
  readonly settings?: string;
  readonly json: boolean;
}

interface GivenToRedrive extends Given {
  readonly function?: string;
  readonly dryRun: boolean;
}

/** `spa accounts …`. What it does is loaded when it is wanted. */
export function accountsCommand({ settingsFile, leave }: AccountsProcess): Command {
  const command = new Command('accounts').description(
    'look after accounts that the system is responsible for',
  );
  command
    .command('list')
    .description('say which accounts are not released, why, and what comes next; changes nothing')
    .option('--settings <file>', 'settings file (default: the variable SETTINGS, else settings.yaml)')
    .option('--json', 'print one JSON document on standard output', false)
    .action(async ({ settings, json }: Given) => {
      const { listAccounts } = await import('./list-accounts.ts');
      leave(await listAccounts({ settings: settingsFile(settings), json }));
    });
  command
    .command('redrive')
    .description('send dead letters back to where they were meant to go, once their cause is mended')
    .option('--function <name>', 'of one function only, as OnExpiredAccount')
    .option('--dry-run', 'only tell how many wait', false)
    .option('--settings <file>', 'settings file (default: the variable SETTINGS, else settings.yaml)')
    .option('--json', 'print one JSON document on standard output', false)
    .action(async ({ settings, function: named, dryRun, json }: GivenToRedrive) => {
      const { redrive } = await import('./redrive.ts');
      leave(await redrive({ settings: settingsFile(settings), function: named, dryRun, json }));
    });
  return command;
}
