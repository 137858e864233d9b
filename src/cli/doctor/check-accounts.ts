import type { AwsAccess } from '#adapters/aws/access.ts';
import { readBuildQuotas } from '#adapters/doctor/build-quotas.ts';
import { findIdentityCenter, readHolderAccess } from '#adapters/doctor/identity-center.ts';
import { lookFrom } from '#adapters/doctor/look.ts';
import { visitMembers, type MemberVisit } from '#adapters/doctor/member-visits.ts';
import { createProgressTable } from '#adapters/progress/progress-table.ts';
import { buildsMayRun } from '#domain/doctor/build-quota.ts';
import { both, diagnose, type Diagnosis, type Sight } from '#domain/doctor/diagnosis.ts';
import { holdersMayLogIn, type HolderAccess } from '#domain/doctor/holder-access.ts';
import {
  listedAccountsExist,
  managedAccountsAreActive,
  protectedAccountsAreApart,
} from '#domain/doctor/listed-accounts.ts';
import {
  listedUnitsExist,
  listedUnitsHaveAccounts,
  unitsWithoutAccounts,
} from '#domain/doctor/listed-units.ts';
import { managedAccounts, sampleOf, type ManagedAccount } from '#domain/doctor/managed-account.ts';
import { memberRoleOpens } from '#domain/doctor/member-role.ts';
import { nobodyWaitsForPeople } from '#domain/doctor/waiting-accounts.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';
import { usesControlTower } from '#infrastructure/member-stack.ts';
import type { Diagnoses, OrganizationSeen, Visit } from './visit.ts';

/** Whether the accounts of the settings are those of the organization, and whether work can be done in some of them. */
export async function checkAccounts(visit: Visit): Promise<Diagnoses> {
  const { settings, organization } = visit;
  const { book } = settings;
  const managed: Sight<readonly ManagedAccount[]> =
    'seen' in organization ? { seen: managedAccounts(book, organization.seen.accounts) } : organization;
  return {
    ...checkListed(book, organization, managed),
    'waiting-accounts': await lookAtGivenUp(visit, managed),
    ...(await checkSample(visit, managed)),
  };
}

/** Where accounts can be listed, those that people have released or closed since are left out. */
async function lookAtGivenUp(
  { settings: { environment }, central }: Visit,
  managed: Sight<readonly ManagedAccount[]>,
): Promise<Diagnosis> {
  const passages = await lookFrom(central, (access) => createProgressTable(access, environment).list());
  const settled = new Set(
    'seen' in managed
      ? managed.seen
          .filter(({ account: { isActive, state } }) => !isActive || state === 'released')
          .map(({ account: { id } }) => id)
      : [],
  );
  return diagnose(passages, (seen) =>
    nobodyWaitsForPeople(seen.filter(({ account }) => !settled.has(account))),
  );
}

function checkListed(
  book: SettingsBook,
  organization: Sight<OrganizationSeen>,
  managed: Sight<readonly ManagedAccount[]>,
): Diagnoses {
  return {
    'listed-accounts': diagnose(organization, ({ accounts }) => listedAccountsExist(book, accounts)),
    'listed-units': diagnose(organization, ({ unknownUnits }) => listedUnitsExist(book, unknownUnits)),
    'empty-units': diagnose(organization, ({ accounts, unknownUnits }) =>
      listedUnitsHaveAccounts(
        unitsWithoutAccounts(book, accounts).filter((unit) => !unknownUnits.includes(unit)),
      ),
    ),
    'inactive-accounts': diagnose(managed, managedAccountsAreActive),
    'protected-accounts': diagnose(organization, ({ accounts }) => protectedAccountsAreApart(book, accounts)),
  };
}

async function checkSample(visit: Visit, managed: Sight<readonly ManagedAccount[]>): Promise<Diagnoses> {
  const { settings, sampleSize } = visit;
  const { automation, features } = settings;
  const { region } = automation;
  const sample: Sight<readonly ManagedAccount[]> =
    'seen' in managed ? { seen: sampleOf(managed.seen, sampleSize) } : managed;
  const visits = await lookFrom(
    both(sample, doorToMembers(visit)),
    async ([accounts, { access, isConclusive }]) => ({
      isConclusive,
      visits: await visitMembers(
        access,
        automation.memberRoleName,
        accounts.map(({ account }) => account.id),
      ),
    }),
  );
  const architecture = features.armArchitecture ? 'arm' : 'intel';
  const [quotas, holders] = await Promise.all([
    lookFrom(both(sample, visits), ([accounts, seen]) =>
      readBuildQuotas(visitedWithBuilds(accounts, seen.visits), architecture),
    ),
    lookAtHolders(visit, sample),
  ]);
  return {
    'member-role': diagnose(visits, (seen) => memberRoleOpens(seen, automation)),
    'build-quota': diagnose(quotas, (seen) => buildsMayRun(seen, { region, architecture })),
    holders: diagnose(holders, holdersMayLogIn),
  };
}

interface Door {
  readonly access: AwsAccess;
  readonly isConclusive: boolean;
}

/** As functions go, through the management role; else from the management account, whose role by Control Tower trusts it all. */
function doorToMembers({ settings, management, managementRole }: Visit): Sight<Door> {
  if ('seen' in managementRole) return { seen: { access: managementRole.seen, isConclusive: true } };
  if ('unseen' in management) return management;
  return { seen: { access: management.seen, isConclusive: usesControlTower(settings) } };
}

/** Accounts in which builds are wanted, and which have let us in. */
function visitedWithBuilds(sample: readonly ManagedAccount[], visits: readonly MemberVisit[]) {
  const wanted = sample.filter(
    ({ settings: { preparation, purge } }) =>
      preparation.feature === 'enabled' || purge.feature === 'enabled',
  );
  const ids = new Set(wanted.map(({ account }) => account.id));
  return visits.flatMap(({ account, access }) => (access && ids.has(account) ? [{ account, access }] : []));
}

/** From the management account, else from the automation account, which may look after Identity Center too. */
async function lookAtHolders(
  { management, central, identityCenterRegions }: Visit,
  sample: Sight<readonly ManagedAccount[]>,
): Promise<Sight<readonly HolderAccess[]>> {
  const view = 'seen' in management ? management : central;
  if ('unseen' in view) return view;
  const door = await findIdentityCenter(view.seen, identityCenterRegions);
  return lookFrom(both(sample, door), ([accounts, seen]) =>
    readHolderAccess(
      seen,
      accounts.map(({ account: { id, holder, email } }) => ({ account: id, holder: holder ?? email })),
    ),
  );
}
