/**
 * Plays aws-nuke where a build has downloaded it: judges the resources of a file by the configuration that it is given,
 * with the model of the filters, and prints the engine's log. `--no-dry-run` takes what goes out of the file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judge } from '#domain/purge/filter-model.ts';
import type { HeldResource } from '#domain/purge/held-resource.ts';
import { seenByEngine } from '#domain/purge/held-resource.ts';
import { readEngineConfiguration } from '#domain/purge/read-engine-configuration.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: 'string', default: '' },
    'no-alias-check': { type: 'boolean' },
    'no-prompt': { type: 'boolean' },
    'prompt-delay': { type: 'string' },
    'max-wait-retries': { type: 'string' },
    'log-format': { type: 'string' },
    'no-dry-run': { type: 'boolean', default: false },
  },
});
const { RESOURCES: file = '', ACCOUNT: account = '', NOW: now = '' } = process.env;
const held = JSON.parse(readFileSync(file, 'utf8')) as readonly HeldResource[];
const configuration = readEngineConfiguration(readFileSync(values.config, 'utf8'));
const verdicts = judge(configuration, account, held.map(seenByEngine), new Date(Number(now)));
const goes = (_: unknown, index: number) => verdicts[index]?.verdict === 'delete';

function tell({ type, region: owner, id: name }: HeldResource, state: string, msg: string): void {
  console.log(JSON.stringify({ level: 'info', msg, name, owner, state, type }));
}

console.log('aws-nuke version 0.0.0 - a stand-in\n');
held.forEach((one, index) =>
  goes(one, index) ? tell(one, 'new', 'would remove') : tell(one, 'filtered', verdicts[index]?.reason ?? ''),
);
if (values['no-dry-run']) {
  held.filter(goes).forEach((one) => tell(one, 'finished', 'removed'));
  writeFileSync(file, JSON.stringify(held.filter((one, index) => !goes(one, index))));
}
