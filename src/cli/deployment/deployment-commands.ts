import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandOutcome } from '../settings/command-outcome.ts';
import type { Ask } from './destroy.ts';

/** What the commands take from the process that runs them. */
export interface CommandProcess {
  /** The settings file, from what people name. */
  readonly settingsFile: (named: string | undefined) => string;
  readonly ask: Ask;
  readonly leave: (outcome: CommandOutcome) => void;
}

interface Given {
  readonly settings?: string;
  readonly output: string;
  readonly identityCenterRegion: readonly string[];
  readonly json: boolean;
}

/**
 * `spa synth`, `diff`, `deploy`, `destroy` and `estimate`. What they do is loaded when it is wanted: the CDK takes longer to
 * load than most other commands take to run.
 */
export function deploymentCommands({ settingsFile, ask, leave }: CommandProcess): readonly Command[] {
  const common = ({ settings, output, identityCenterRegion, json }: Given) => ({
    settings: settingsFile(settings),
    output,
    identityCenterRegions: identityCenterRegion,
    json,
  });
  return [
    stacksCommand('synth', 'write the templates of all stacks, without network or credentials')
      .option('--validate', 'check templates against the schemas of AWS, which takes 3 s more', false)
      .action(async (given: Given & { readonly validate: boolean }) => {
        const { synth } = await import('./synth.ts');
        leave(await synth({ ...common(given), validate: given.validate }));
      }),
    stacksCommand('diff', 'show what a deployment with these credentials would change').action(
      async (given: Given) => {
        const { diff } = await import('./diff.ts');
        leave(await diff(common(given)));
      },
    ),
    stacksCommand('deploy', 'deploy the stacks that belong to the account of these credentials')
      .addOption(
        new Option('--organization <id>', 'organization, where AWS does not tell it').argParser(organization),
      )
      .option('--yes', 'approve changes of permissions without being asked', false)
      .action(async (given: Given & { readonly organization?: string; readonly yes: boolean }) => {
        const { deploy } = await import('./deploy.ts');
        leave(await deploy({ ...common(given), organization: given.organization, yes: given.yes }));
      }),
    stacksCommand('destroy', 'delete the stacks of the account of these credentials; data is kept')
      .option('--delete-data', 'delete tables, reports and secrets too, for good', false)
      .option('--yes', 'destroy without being asked', false)
      .action(async (given: Given & { readonly deleteData: boolean; readonly yes: boolean }) => {
        const { destroy } = await import('./destroy.ts');
        leave(await destroy({ ...common(given), deleteData: given.deleteData, yes: given.yes }, ask));
      }),
    settingsCommand('estimate', 'tell the monthly AWS bill of the system itself')
      .addOption(new Option('--accounts <n>', 'accounts to be managed').argParser(count))
      .action(async (given: Pick<Given, 'settings' | 'json'> & { readonly accounts?: number }) => {
        const { estimate } = await import('./estimate.ts');
        const { accounts, json } = given;
        leave(await estimate({ settings: settingsFile(given.settings), accounts, json }));
      }),
  ];
}

const settingsCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('--settings <file>', 'settings file (default: the variable SETTINGS, else settings.yaml)')
    .option('--json', 'print one JSON document on standard output', false);

const stacksCommand = (name: string, description: string): Command =>
  settingsCommand(name, description)
    .option('--output <dir>', 'folder of templates, code and settings', 'cdk.out')
    .option(
      '--identity-center-region <region...>',
      'where people log in to the console, beside us-east-1 and the region of the settings',
      [],
    );

function organization(text: string): string {
  if (/^o-[a-z0-9]{10,32}$/.test(text)) return text;
  throw new InvalidArgumentError('expected the identifier of an organization, such as o-exampleorg1');
}

function count(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number from 1');
}
