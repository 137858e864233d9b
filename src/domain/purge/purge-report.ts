/** What became of a resource: a plan deletes nothing, and what did not finish has failed. */
export const purgeOutcomes = ['deleted', 'failed', 'planned', 'kept'] as const;
export type PurgeOutcome = (typeof purgeOutcomes)[number];

export interface PurgedResource {
  readonly type: string;
  readonly region: string;
  readonly name: string;
  readonly outcome: PurgeOutcome;
  /** Why it failed; empty otherwise. */
  readonly reason: string;
}

/** What a purge did, or would do. */
export interface PurgeReport {
  readonly account: string;
  readonly mode: string;
  /** Why the purge went no further; empty when it went to its end. */
  readonly stopped: string;
  readonly resources: readonly PurgedResource[];
  /** Types that the engine could not list in some region: what they hold was not looked at. */
  readonly unlisted: readonly string[];
}

export type PurgeCounts = Readonly<Record<PurgeOutcome, number>>;

const countsOf = (resources: readonly PurgedResource[]): PurgeCounts => {
  const count = (outcome: PurgeOutcome) =>
    resources.filter((resource) => resource.outcome === outcome).length;
  return {
    deleted: count('deleted'),
    failed: count('failed'),
    planned: count('planned'),
    kept: count('kept'),
  };
};

/** How many resources of each type were deleted, failed, planned or kept; types in the order of their names. */
export const countsByType = (resources: readonly PurgedResource[]): ReadonlyMap<string, PurgeCounts> =>
  new Map(
    [...Map.groupBy(resources, ({ type }) => type)]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([type, ofType]) => [type, countsOf(ofType)]),
  );

const counted = (counts: PurgeCounts) =>
  purgeOutcomes.map((outcome) => `${counts[outcome]} ${outcome}`).join(', ');

const onOneLine = (text: string) => text.replace(/\p{Cc}/gu, ' ');

const sortKey = ({ outcome, type, region, name }: PurgedResource) => `${outcome} ${type} ${region} ${name}`;

/** Its outcome, type, region, name and reason, between tabs. */
const listed = ({ outcome, type, region, name, reason }: PurgedResource) =>
  [outcome, type, region, name, ...(reason === '' ? [] : [reason])].map(onOneLine).join('\t');

/**
 * The report as people read it: one sentence, the counts of each type, then every resource that is not kept. The build
 * writes the same from the engine's log.
 */
export function purgeReportText({ account, mode, stopped, resources, unlisted }: PurgeReport): string {
  const changed = resources
    .filter(({ outcome }) => outcome !== 'kept')
    .toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  return [
    `Purge (${onOneLine(mode)}) of account ${account}: ${counted(countsOf(resources))}`,
    ...(stopped === '' ? [] : [`Stopped: ${onOneLine(stopped)}`]),
    ...[...countsByType(resources)].map(([type, counts]) => `${type}: ${counted(counts)}`),
    ...changed.map(listed),
    ...unlisted.toSorted().map((type) => `unlisted\t${type}`),
    '',
  ].join('\n');
}
