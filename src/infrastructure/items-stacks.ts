import { createHash } from 'node:crypto';
import type { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { addParameter } from './add-settings.ts';
import { createCentralStack } from './central-stack.ts';
import type { Plan } from './plan.ts';
import { itemTexts } from './stored-texts.ts';

/** CloudFormation takes 500 resources and 1 MB of template; texts grow when they are escaped. */
const most = { texts: 450, bytes: 600_000 };

type Entry = readonly [name: string, text: string];

/** Parameters for people and scripts, apart from the functions so that neither takes the room of the other. */
export function createItemsStacks(app: App, plan: Plan): readonly Stack[] {
  const shares = sharesOf(Object.entries(itemTexts(plan.settings)));
  const stacks: Stack[] = [];
  for (const [index, share] of shares.entries()) {
    const stack = createItemsStack(app, plan, index === 0 ? 'Items' : `Items${index + 1}`, share);
    // When the number of stacks doubles, a parameter leaves its old stack before the new one makes it.
    const before = stacks.at(-1);
    if (before) stack.addStackDependency(before);
    stacks.push(stack);
  }
  return stacks;
}

/** Shares that fit, by the hash of names: a text stays in its stack whatever is added beside it, until all are doubled. */
function sharesOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  if (entries.length === 0) return [];
  for (let count = 1; ; count *= 2) {
    const shares = Array.from({ length: count }, (): Entry[] => []);
    for (const entry of entries) shares[hashOf(entry[0]) % count]?.push(entry);
    if (shares.every(fits)) return shares;
  }
}

const fits = (share: readonly Entry[]): boolean =>
  share.length <= most.texts &&
  share.reduce((sum, [, text]) => sum + Buffer.byteLength(JSON.stringify(text)), 0) <= most.bytes;

const hashOf = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE();

function createItemsStack(app: App, plan: Plan, name: string, share: readonly Entry[]): Stack {
  const stack = createCentralStack(app, plan, name, 'items of the settings, for people and scripts');
  for (const [item, text] of share)
    addParameter(new Construct(stack, item), 'Text', plan.deployment, item, text);
  return stack;
}
