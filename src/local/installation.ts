import type { Settings } from '#domain/settings/settings.ts';
import type { Cloud } from '#emulator/cloud.ts';
import { installSystem } from './install-system.ts';
import { playFunctions, type Outside } from './play-functions.ts';

/** Where the product is installed, and what it reaches beyond the cloud. */
export interface InstallationSite {
  readonly cloud: Cloud;
  readonly settings: Settings;
  readonly outside: Outside;
}

/** How the product gets into a world. */
export interface Installation {
  /** Which roles are there already, made by whoever runs the organization. */
  readonly roles: (settings: Settings) => { readonly management: boolean; readonly members: boolean };
  /** Answers what gives back all that was taken of the machine. */
  readonly install: (site: InstallationSite) => Promise<() => Promise<void>>;
}

/** Runs the sources as they are: nothing is synthesized, all functions share this thread. */
export const fromSources: Installation = {
  roles: () => ({ management: true, members: true }),
  async install({ cloud, settings, outside }) {
    playFunctions(cloud, settings, outside);
    await installSystem(cloud, settings);
    return async () => {};
  },
};
