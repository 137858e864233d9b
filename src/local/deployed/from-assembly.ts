import { paginateListFunctions } from '@aws-sdk/client-lambda';
import { usesControlTower } from '#infrastructure/member-stack.ts';
import { clientsOf } from '../account-clients.ts';
import type { Installation } from '../installation.ts';
import type { Assembly } from './assembly.ts';
import { addressOf, deployAssembly } from './deploy-assembly.ts';
import { playBundles } from './play-bundles.ts';

/** A deployment makes all roles but that of Control Tower, where the settings name it. */
export const rolesBeforehand: Installation['roles'] = (settings) => ({
  management: false,
  members: usesControlTower(settings),
});

/**
 * Installs the very templates and bundles of an assembly: roles, rules and grants are those of the templates, and each
 * function runs its bundle in containers of its own.
 */
export function fromAssembly(assembly: Assembly): Installation {
  return {
    roles: rolesBeforehand,
    async install({ cloud, settings, outside }) {
      const { accountId, region } = settings.automation;
      const uploaded = await deployAssembly(assembly, { cloud, settings });
      const code = new Map([...uploaded].map(([object, file]) => [addressOf(object, region), file]));
      const bundles = playBundles(cloud, outside, (location) => code.get(location));
      const { lambda } = clientsOf(cloud, accountId, region);
      for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {}))
        for (const { FunctionArn = '' } of Functions) cloud.lambda.behave(FunctionArn, bundles.behaviour);
      return () => bundles.close();
    },
  };
}
