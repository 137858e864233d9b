import { UnknownRegion } from '#infrastructure/check-region.ts';
import { InstallationFailed } from '../installation-failed.ts';
import type { Installation, InstallationSite } from '../installation.ts';
import { assemble, type Assembly } from './assembly.ts';
import { CallRefused } from './call-cloudformation.ts';
import { DeploymentFailed } from './deploy-stack.ts';
import { fromAssembly, rolesBeforehand } from './from-assembly.ts';

/**
 * The rehearsal of a deployment: synthesizes the stacks for the settings, deploys them, and runs what they hold. Throws
 * InstallationFailed.
 */
export const fromStacks: Installation = {
  roles: rolesBeforehand,
  async install(site) {
    try {
      return await installed(await assemble(site.settings), site);
    } catch (fault) {
      throw mendable.some((kind) => fault instanceof kind)
        ? new InstallationFailed(fault instanceof Error ? fault.message : '', { cause: fault })
        : fault;
    }
  },
};

const mendable = [UnknownRegion, CallRefused, DeploymentFailed];

async function installed(assembly: Assembly, site: InstallationSite): Promise<() => Promise<void>> {
  try {
    const close = await fromAssembly(assembly).install(site);
    return async () => {
      await close();
      await assembly.dispose();
    };
  } catch (fault) {
    await assembly.dispose();
    throw fault;
  }
}
