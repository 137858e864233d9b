import { Command, InvalidArgumentError, Option } from 'commander';
import { isMonth } from '#domain/calendar.ts';
import type { CommandOutcome } from '../settings/command-outcome.ts';

/** What the command takes from the process that runs it. */
export interface ReportProcess {
  /** The settings file, from what people name. */
  readonly settingsFile: (named: string | undefined) => string;
  readonly progress: NodeJS.WriteStream;
  readonly leave: (outcome: CommandOutcome) => void;
}

interface Given {
  readonly settings?: string;
  readonly month?: string;
  readonly output: string;
  readonly json: boolean;
}

/** `spa report …`. What it does is loaded when it is wanted. */
export function reportCommand({ settingsFile, progress, leave }: ReportProcess): Command {
  const command = new Command('report').description('write reports to a folder of this machine');
  command
    .command('costs')
    .description('all files of a month, from the AWS account or the local cloud of the environment')
    .addOption(new Option('--month <YYYY-MM>', 'default: the month before this one').argParser(month))
    .option('--output <dir>', 'folder of the files', 'reports')
    .option('--settings <file>', 'settings file (default: the variable SETTINGS, else settings.yaml)')
    .option('--json', 'print one JSON document on standard output', false)
    .action(async ({ settings, month, output, json }: Given) => {
      const { reportCosts } = await import('./report-costs.ts');
      leave(await reportCosts({ settings: settingsFile(settings), month, output, json, progress }));
    });
  return command;
}

function month(text: string): string {
  if (!isMonth(text)) throw new InvalidArgumentError('expected a month such as 2026-10');
  return text;
}
