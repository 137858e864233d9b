import path from 'node:path';
import type { Settings } from '#domain/settings/settings.ts';
import { synthesize, type SynthesizedStack } from '#infrastructure/synthesize.ts';
import { openTemporaryFolder, removeTemporaryFolder } from '#infrastructure/temporary-folders.ts';

/** What `spa synth` writes, in a folder of its own. */
export interface Assembly {
  readonly folder: string;
  /** In the order in which they may be deployed. */
  readonly stacks: readonly SynthesizedStack[];
  dispose(): Promise<void>;
}

/** Synthesizes the stacks into a folder for temporary files, without network or credentials. Throws UnknownRegion. */
export async function assemble(settings: Settings): Promise<Assembly> {
  const folder = openTemporaryFolder();
  const dispose = () => removeTemporaryFolder(folder);
  try {
    const choices = { identityCenterRegions: [], validate: false };
    const stacks = await synthesize(settings, { ...choices, output: path.join(folder, 'assembly') });
    return { folder: path.join(folder, 'assembly'), stacks, dispose };
  } catch (fault) {
    await dispose();
    throw fault;
  }
}
