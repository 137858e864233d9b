import type { AccountId } from '#domain/account.ts';
import type { EngineConfiguration } from './engine-configuration.ts';
import { EngineAborts } from './filter-match.ts';
import { judge } from './filter-model.ts';
import { needsStamp, stamped } from './first-seen.ts';
import type { HeldResource } from './held-resource.ts';
import { seenByEngine } from './held-resource.ts';
import { configurationText, purgeConfiguration } from './purge-configuration.ts';
import type { PurgeOutcome } from './purge-report.ts';
import { purgeReportText } from './purge-report.ts';
import type { PurgeSettings } from './purge-settings.ts';
import { purgeSettings } from './purge-settings.ts';
import { describePurgeFaults } from './purge-variables.ts';
import { readEngineConfiguration } from './read-engine-configuration.ts';

export interface PurgeRun<Resource extends HeldResource> {
  readonly account: AccountId;
  /** Effective `purge.variables` of the account. */
  readonly variables: Readonly<Record<string, string>>;
  readonly resources: readonly Resource[];
  /** At least the management account and the automation account. */
  readonly protectedAccounts: readonly AccountId[];
  readonly now: Date;
}

/** What a purge build does in an account; each resource is in exactly one of planned, deleted and kept. */
export interface SimulatedPurge<Resource extends HeldResource> {
  readonly status: 'SUCCEEDED' | 'FAILED';
  /** Why the build failed; empty when it succeeded. */
  readonly reason: string;
  /** What a dry run, or a purge that stopped at its limit, would have deleted. */
  readonly planned: readonly Resource[];
  readonly deleted: readonly Resource[];
  /** Those seen for the first time bear their new tag. */
  readonly kept: readonly Resource[];
  /** Message of the `PurgeReport` event. */
  readonly report: string;
}

/** What becomes of a resource: a simulated deletion never fails. */
type Fate = Exclude<PurgeOutcome, 'failed'>;

interface Verdict {
  readonly mode: string;
  /** Why the purge stopped, or would stop if it were not dry; empty when nothing is in its way. */
  readonly reason: string;
  readonly failed: boolean;
  /** In the order of the resources. */
  readonly fates: readonly Fate[];
}

/** What the engine reads, by what it is told beside the number of the account. */
const readings = new Map<string, EngineConfiguration>();

/** The configuration as the engine reads its text. Thousands of accounts share all but their number: it is read once. */
function asWritten(configuration: EngineConfiguration | undefined): readonly EngineConfiguration[] {
  if (configuration === undefined) return [];
  const { accounts, 'bypass-alias-check-accounts': bypassed, ...shared } = configuration;
  const key = JSON.stringify(shared);
  const read = readings.get(key) ?? readEngineConfiguration(configurationText(configuration));
  readings.set(key, read);
  return [{ ...read, accounts, 'bypass-alias-check-accounts': bypassed }];
}

/** The dry run of both passes: whether each resource would go. Throws EngineAborts. */
function dryRun(run: PurgeRun<HeldResource>, settings: PurgeSettings): readonly boolean[] {
  const { tag, age } = purgeConfiguration({ ...run, settings });
  const seen = run.resources.map(seenByEngine);
  const passes = [...asWritten(tag), ...asWritten(age)].map((told) =>
    judge(told, run.account, seen, run.now),
  );
  return seen.map((_, index) => passes.some((pass) => pass[index]?.verdict === 'delete'));
}

const refused = ({ resources }: PurgeRun<HeldResource>, mode: string, reason: string): Verdict => ({
  mode,
  reason,
  failed: true,
  fates: resources.map(() => 'kept'),
});

function carriedOut(
  plan: readonly boolean[],
  { mode, maximumDeletions: limit = Infinity }: PurgeSettings,
): Verdict {
  const count = plan.filter((goes) => goes).length;
  const isTooLong = count > limit;
  const isReal = mode === '--force';
  const fate = isReal && !isTooLong ? 'deleted' : 'planned';
  return {
    mode,
    reason: isTooLong ? `${count} resources to delete, MAXIMUM_DELETIONS allows ${limit}` : '',
    failed: isReal && isTooLong,
    fates: plan.map((goes) => (goes ? fate : 'kept')),
  };
}

function verdictOn(run: PurgeRun<HeldResource>, settings: PurgeSettings): Verdict {
  try {
    return carriedOut(dryRun(run, settings), settings);
  } catch (error) {
    if (!(error instanceof EngineAborts)) throw error;
    return refused(run, settings.mode, error.message);
  }
}

/** What a real purge makes of the resources before it looks at their age. */
function firstSeen<Resource extends HeldResource>(
  { resources, now }: PurgeRun<Resource>,
  settings: PurgeSettings,
) {
  if (settings.mode === '--dry-run') return resources;
  return resources.map((one) => (needsStamp(one, settings, now) ? stamped(one, now) : one));
}

function outcomeOf<Resource extends HeldResource>(
  { account, resources }: PurgeRun<Resource>,
  seen: readonly Resource[],
  { mode, reason, failed, fates }: Verdict,
): SimulatedPurge<Resource> {
  const having = (those: readonly Resource[], fate: Fate) =>
    those.filter((_, index) => fates[index] === fate);
  const reported = resources.map(({ type, region, id: name }, index) => {
    const outcome = fates[index] ?? 'kept';
    return { type, region, name, outcome, reason: '' };
  });
  return {
    status: failed ? 'FAILED' : 'SUCCEEDED',
    reason: failed ? reason : '',
    planned: having(resources, 'planned'),
    deleted: having(resources, 'deleted'),
    kept: having(seen, 'kept'),
    report: purgeReportText({ account, mode, stopped: reason, resources: reported, unlisted: [] }),
  };
}

/**
 * Plays a purge build over the resources of an account: a dry run plans, `--force` deletes. A build fails, and deletes
 * nothing, when its variables are wrong, its plan too long, or a date unreadable. Throws ProtectedAccount and
 * NoProtectedAccount.
 */
export function simulatePurge<Resource extends HeldResource>(
  run: PurgeRun<Resource>,
): SimulatedPurge<Resource> {
  const parsed = purgeSettings(run.variables);
  if (parsed.outcome === 'refused') {
    const mode = run.variables['PURGE_MODE'] ?? '';
    return outcomeOf(run, run.resources, refused(run, mode, describePurgeFaults(parsed.faults)));
  }
  const seen = firstSeen(run, parsed.settings);
  return outcomeOf(run, seen, verdictOn({ ...run, resources: seen }, parsed.settings));
}
