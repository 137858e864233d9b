import type { Architecture } from '#domain/equipment.ts';
import { finding, notLookedAt, ok, type Diagnosis, type Sight } from './diagnosis.ts';
import { countOf, listOf } from './wording.ts';

/** Codes under which AWS keeps the number of small builds that may run at once, by the machine that they run on. */
export const buildQuotas = { intel: 'L-9D07B6EF', arm: 'L-5ED1D25B' } as const satisfies Record<
  Architecture,
  string
>;

/** Why no build begins in an account that has no room for one, and what to do about it. */
export const withoutRoom = (architecture: Architecture): string =>
  `CodeBuild has no room for a build: the account's quota of builds at a time is used up, or 0 as in some new accounts; ask AWS in that account for an increase of quota ${buildQuotas[architecture]}`;

/** How many builds may run at once in an account. */
export interface BuildQuota {
  readonly account: string;
  readonly builds: Sight<number>;
}

/** Accounts of the sample may run a build: AWS gives some of the newest accounts a quota of none. */
export function buildsMayRun(
  quotas: readonly BuildQuota[],
  { region, architecture }: { readonly region: string; readonly architecture: Architecture },
): Diagnosis {
  const [first] = quotas;
  if (!first) return ok('no account of the sample is prepared or purged');
  const none = quotas
    .filter(({ builds }) => 'seen' in builds && builds.seen < 1)
    .map(({ account }) => account);
  if (none.length > 0) {
    const request = `aws service-quotas request-service-quota-increase --service-code codebuild --quota-code ${buildQuotas[architecture]} --desired-value 1 --region ${region}`;
    return finding(
      `no build may run in ${listOf(none)}`,
      `run ${request} in each of them, and wait for AWS to grant it`,
    );
  }
  const seen = quotas.filter(({ builds }) => 'seen' in builds);
  if (seen.length === 0 && 'unseen' in first.builds) return notLookedAt(first.builds);
  return ok(`builds may run in ${countOf(seen.length, 'account')}`);
}
