import { putSecrets } from '#adapters/secrets/put-secrets.ts';
import { accountId } from '#domain/account.ts';
import type { Cloud } from '#emulator/cloud.ts';
import { organizationParameter } from '#infrastructure/automation-stack.ts';
import { usesControlTower } from '#infrastructure/member-stack.ts';
import type { SynthesizedStack } from '#infrastructure/synthesize.ts';
import { clientsOf } from '../account-clients.ts';
import type { InstallationSite } from '../installation.ts';
import { managedAccountsOf } from '../managed-accounts.ts';
import type { Assembly } from './assembly.ts';
import { beginDeployment, type StackToDeploy } from './deploy-stack.ts';
import { bootstrap, publishAssets, type Published } from './publish-assets.ts';

type DeploymentSite = Pick<InstallationSite, 'cloud' | 'settings'>;

/**
 * Deploys all stacks of an assembly, each in its account, and what goes beside them, as an operator would; answers what
 * was uploaded for them.
 * Throws DeploymentFailed and CallRefused.
 */
export async function deployAssembly(assembly: Assembly, site: DeploymentSite): Promise<Published> {
  const { automation, environment, features } = site.settings;
  const { accountId: account, region } = automation;
  const central = { account, region };
  const clients = clientsOf(site.cloud, account, region);
  const uploaded = new Map<string, string>();
  await bootstrap(clients, central);
  for (const stack of assembly.stacks.filter(({ place }) => place !== 'member')) {
    const published = await publishAssets(clients, assembly.folder, stack.name);
    for (const [object, file] of published) uploaded.set(object, file);
    await deployAll(site.cloud, [toDeploy(stack, published, site)]);
  }
  await deployAll(site.cloud, memberStacks(assembly, site));
  await putSecrets(clients.ssm, environment, features, site.cloud.nextId);
  return uploaded;
}

async function deployAll(cloud: Cloud, stacks: readonly StackToDeploy[]): Promise<void> {
  const begun = [];
  for (const stack of stacks) begun.push(await beginDeployment(cloud, stack));
  await cloud.clock.runUntilIdle();
  for (const check of begun) await check();
}

function toDeploy(
  { name, place, account, region, templateFile }: SynthesizedStack,
  published: Published,
  { cloud, settings }: DeploymentSite,
): StackToDeploy {
  const [object] = [...published].find(([, file]) => file === templateFile) ?? [];
  const isCentral = place === 'automation' && name === `${settings.environment}Automation`;
  return {
    name,
    account: accountId(account ?? settings.automation.accountId),
    region: region ?? settings.automation.region,
    templateFile,
    templateUrl: object && addressOf(object, settings.automation.region),
    parameters: isCentral ? { [organizationParameter]: cloud.organizationId } : {},
  };
}

/** Where Lambda and CloudFormation say that an object is, given its bucket and key. */
export const addressOf = (object: string, region: string) => `https://s3.${region}.amazonaws.com/${object}`;

/** Without Control Tower, the stack set reaches the accounts of listed units; an operator sees to the others. */
function memberStacks({ stacks }: Assembly, { cloud, settings }: DeploymentSite): readonly StackToDeploy[] {
  const template = stacks.find(({ place }) => place === 'member');
  if (!template || usesControlTower(settings)) return [];
  const isReached = (path: readonly string[]) => path.some((unit) => unit in settings.book.units);
  return managedAccountsOf({ cloud, settings })
    .filter(({ path }) => !isReached(path))
    .map(({ id }) => ({
      name: template.name,
      account: id,
      region: settings.automation.region,
      templateFile: template.templateFile,
      templateUrl: undefined,
      parameters: {},
    }));
}
