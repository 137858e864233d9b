import type { AwsAccess } from '#adapters/aws/access.ts';
import { createSessions } from '#adapters/aws/sessions.ts';
import { accessOfProfile, identityOf } from '#adapters/doctor/identity.ts';
import { deployedFunctions } from '#adapters/doctor/functions.ts';
import { look, lookFrom } from '#adapters/doctor/look.ts';
import { describeOrganization } from '#adapters/doctor/organization.ts';
import { createOrganizationDirectory } from '#adapters/organizations/organization-directory.ts';
import type { Credentials } from '#domain/doctor/credentials.ts';
import type { Sight } from '#domain/doctor/diagnosis.ts';
import { unitsWithoutAccounts } from '#domain/doctor/listed-units.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { expectationsOf } from './expectations.ts';
import type { OrganizationSeen, Visit } from './visit.ts';

/** Organizations describes two units a second: more than so many are not asked for. */
const mostUnitsAskedFor = 50;

export interface VisitOptions {
  /** Further profiles of the AWS configuration to look with. */
  readonly profiles: readonly string[];
  readonly sampleSize: number;
  readonly identityCenterRegions: readonly string[];
}

/** Finds out from where AWS can be looked at with the credentials at hand, and lists the organization. */
export async function beginVisit(settings: Settings, own: AwsAccess, options: VisitOptions): Promise<Visit> {
  const { accountId, managementAccount } = settings.automation;
  const candidates = await identify(own, options.profiles);
  const central = viewOf(candidates, accountId, 'automation');
  const management = viewOf(candidates, managementAccount, 'management');
  const managementRole = await lookFrom(central, (access) =>
    createSessions(access, settings.automation).management(),
  );
  const expectations = expectationsOf(settings);
  const [description, organization, functions] = await Promise.all([
    lookFrom('seen' in central ? central : management, describeOrganization),
    listOrganization(settings, [management, managementRole, central]),
    lookFrom(central, (access) => deployedFunctions(access, expectations.functions)),
  ]);
  return {
    settings,
    credentials: candidates,
    central,
    management,
    managementRole,
    description,
    organization,
    functions,
    expectations,
    sampleSize: options.sampleSize,
    identityCenterRegions: [
      ...new Set([...options.identityCenterRegions, settings.automation.region, 'us-east-1']),
    ],
  };
}

interface Candidate extends Credentials {
  readonly access: AwsAccess;
}

const identify = (own: AwsAccess, profiles: readonly string[]): Promise<readonly Candidate[]> =>
  Promise.all(
    [
      { profile: undefined, access: own },
      ...profiles.map((profile) => ({ profile, access: accessOfProfile(own, profile) })),
    ].map(async (candidate) => ({ ...candidate, identity: await look(() => identityOf(candidate.access)) })),
  );

function viewOf(candidates: readonly Candidate[], account: string, place: string): Sight<AwsAccess> {
  const found = candidates.find(({ identity }) => 'seen' in identity && identity.seen.account === account);
  if (found) return { seen: found.access };
  return {
    unseen: `that needs credentials of ${place} account ${account}`,
    remedy: 'add --with-profile, or look again with these',
  };
}

/** From the first view that lets accounts be listed. */
async function listOrganization(
  settings: Settings,
  views: readonly Sight<AwsAccess>[],
): Promise<Sight<OrganizationSeen>> {
  const { managementAccount } = settings.automation;
  for (const view of views) {
    const sight = await lookFrom(view, (access) => readOrganization(settings, access));
    if ('seen' in sight) return sight;
  }
  return {
    unseen: `accounts cannot be listed without credentials of management account ${managementAccount}`,
    remedy: 'add --with-profile, or look again with these',
  };
}

async function readOrganization(
  { book }: Pick<Settings, 'book'>,
  access: AwsAccess,
): Promise<OrganizationSeen> {
  const here = async () => access;
  const directory = createOrganizationDirectory({ management: here, member: here }, book.tagPrefix);
  const accounts = await directory.list();
  const empty = unitsWithoutAccounts(book, accounts).slice(0, mostUnitsAskedFor);
  const names = await directory.unitNames(empty);
  return { accounts, unknownUnits: empty.filter((unit) => !names.has(unit)) };
}
