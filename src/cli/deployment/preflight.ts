import type { Settings } from '#domain/settings/settings.ts';
import { functionRoleDescription } from '#infrastructure/add-function.ts';
import { managementRoleDescription, roleNameAndPath } from '#infrastructure/management-stacks.ts';
import type { StackPlace } from '#infrastructure/system-app.ts';
import type { Cloud } from './cloud.ts';

/** The account of the credentials, and which of our stacks belong there. */
export interface Caller {
  readonly account: string;
  readonly places: readonly StackPlace[];
}

/** Which stacks can be worked on with the credentials in use, or why none can. */
export async function identifyCaller(
  { environment, automation }: Settings,
  cloud: Cloud,
): Promise<Caller | { readonly obstacle: string }> {
  const account = (await cloud.callerAccount()) ?? 'unknown';
  const places = (
    [
      ['automation', automation.accountId],
      ['management', automation.managementAccount],
    ] as const
  ).flatMap(([place, number]) => (number === account ? [place] : []));
  if (places.length > 0) return { account, places };
  const obstacle = `The credentials are those of account ${account}, where ${environment} has nothing to do: take those of the automation account ${automation.accountId}, then those of the management account ${automation.managementAccount}.`;
  return { obstacle };
}

/** What keeps a deployment from coming to a good end, told before anything changes. */
export async function obstaclesFor(
  settings: Settings,
  { account, places }: Caller,
  organizationId: string | undefined,
  cloud: Cloud,
): Promise<readonly string[]> {
  const { environment, automation } = settings;
  const obstacles: string[] = [];
  if (places.includes('automation')) {
    if (organizationId === undefined) {
      obstacles.push(
        'AWS does not tell in which organization the automation account is: name it with --organization, such as o-exampleorg1.',
      );
    }
    if (!(await cloud.isBootstrapped())) {
      obstacles.push(
        `The CDK has no bucket yet for what it deploys: run npx cdk bootstrap aws://${account}/${automation.region} once.`,
      );
    }
    const expected = functionRoleDescription({ environment, region: automation.region });
    const obstacle = await takenBy(`${environment}CheckHealth`, expected, cloud);
    if (obstacle) obstacles.push(`${obstacle} Choose another environment_identifier.`);
  }
  if (places.includes('management')) {
    const { roleName } = roleNameAndPath(automation.managementRoleArn);
    const obstacle = await takenBy(roleName, managementRoleDescription(settings), cloud);
    if (obstacle) {
      obstacles.push(`${obstacle} Delete it, or name another one in automation.role_arn_to_manage_accounts.`);
    }
  }
  return obstacles;
}

/** A role of ours says whose it is: one that says something else was made by another deployment, or by hand. */
async function takenBy(role: string, expected: string, cloud: Cloud): Promise<string | undefined> {
  const found = await cloud.descriptionOfRole(role);
  if (found === undefined || found === expected) return undefined;
  return `Role ${role} is there already and not of this environment (${found || 'no description'}).`;
}
