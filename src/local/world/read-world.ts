import { readFile } from 'node:fs/promises';
import { InvalidWorld } from './invalid-world.ts';
import { parseWorld } from './parse-world.ts';
import type { World } from './world.ts';

/** The world that the local cloud opens with. Throws InvalidWorld, also when the file can't be read. */
export async function readWorld(file: string): Promise<World> {
  return parseWorld(await textOf(file), file);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidWorld(file, [{ file, path: '', found, expected: 'a world file: check the path' }]);
  }
}
