import { InvalidWorld } from './invalid-world.ts';
import { readWorld } from './read-world.ts';
import { worldFaults, type CentralAccounts } from './world-faults.ts';
import type { World } from './world.ts';

/** The world of a file, under the settings that it is opened with. Throws InvalidWorld. */
export async function loadWorld(file: string, settings: CentralAccounts): Promise<World> {
  const world = await readWorld(file);
  const faults = worldFaults(world, settings, file);
  if (faults.length > 0) throw new InvalidWorld(file, faults);
  return world;
}
