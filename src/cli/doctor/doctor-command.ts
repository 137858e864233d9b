import { Command, InvalidArgumentError } from 'commander';
import type { CommandProcess } from '../deployment/deployment-commands.ts';

const accountsLookedInto = 5;

interface Given {
  readonly settings?: string;
  readonly accounts: number;
  readonly withProfile: readonly string[];
  readonly identityCenterRegion: readonly string[];
  readonly json: boolean;
}

export interface DoctorProcess extends Pick<CommandProcess, 'settingsFile' | 'leave'> {
  /** Whether people read standard error on a terminal. */
  readonly isTerminal: boolean;
}

/** `spa doctor`. What it does is loaded when it is wanted. */
export const doctorCommand = ({ settingsFile, leave, isTerminal }: DoctorProcess): Command =>
  new Command('doctor')
    .description('say what is missing in AWS, and how to mend it; changes nothing')
    .option('--settings <file>', 'settings file (default: the variable SETTINGS, else settings.yaml)')
    .option('--accounts <n>', 'managed accounts to look into, or all of them', count, accountsLookedInto)
    .option('--with-profile <name...>', 'profiles to look with too, as that of the management account', [])
    .option(
      '--identity-center-region <region...>',
      'where people log in to the console, beside us-east-1 and the region of the settings',
      [],
    )
    .option('--json', 'print one JSON document on standard output', false)
    .action(async ({ settings, accounts, withProfile, identityCenterRegion, json }: Given) => {
      const { doctor } = await import('./doctor.ts');
      leave(
        await doctor({
          settings: settingsFile(settings),
          sampleSize: accounts,
          profiles: withProfile,
          identityCenterRegions: identityCenterRegion,
          json,
          colours: isTerminal,
        }),
      );
    });

function count(text: string): number {
  if (text === 'all') return Infinity;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number, or all');
}
