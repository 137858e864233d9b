import type { AccountState } from '#domain/account.ts';
import { phases } from '#domain/lifecycle.ts';

/** Something told about an account on the central bus. */
export interface Witness {
  readonly label: string;
  readonly account: string;
  /** Of exceptions. */
  readonly identifier: string | undefined;
}

export interface Judged {
  readonly released: number;
  /** Told as failed, each with its reason; given back all the same, or left to a person. */
  readonly failed: number;
  /** Neither released nor told. */
  readonly stuck: readonly string[];
  readonly purgedTwice: readonly string[];
  /** Not purged, and not told as failed. */
  readonly unpurged: readonly string[];
  /** Told of one thing under two identifiers. */
  readonly toldTwice: readonly string[];
}

export interface Verdict extends Judged {
  readonly seed: number;
  readonly simulatedSeconds: number;
}

const failures = new Set(['FailedMaintenanceException', 'FailedOnBoardingException']);

/** What nobody may have to put up with after a window, whatever went wrong in it. */
export function judge(
  accounts: readonly { readonly id: string; readonly state: AccountState | undefined }[],
  told: readonly Witness[],
): Judged {
  const purges = countBy(told.filter(({ label }) => label === 'PurgeReport'));
  const failed = new Set(told.filter(({ label }) => failures.has(label)).map(({ account }) => account));
  const ids = accounts.map(({ id }) => id);
  return {
    released: accounts.filter(({ state }) => state === 'released').length,
    failed: failed.size,
    stuck: accounts.filter(({ id, state }) => state !== 'released' && !failed.has(id)).map(({ id }) => id),
    purgedTwice: ids.filter((id) => (purges.get(id) ?? 0) > 1),
    unpurged: ids.filter((id) => !purges.has(id) && !failed.has(id)),
    toldTwice: ids.filter((id) => isToldTwice(told.filter(({ account }) => account === id))),
  };
}

/** Three builds in a row fail once in 37,000 accounts: where many are told as failed, tries are not made. */
const mostFailed = 0.01;

export const isClean = ({ released, failed, stuck, purgedTwice, unpurged, toldTwice }: Judged): boolean =>
  [stuck, purgedTwice, unpurged, toldTwice].every(({ length }) => length === 0) &&
  failed <= Math.ceil(released * mostFailed);

function countBy(told: readonly Witness[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { account } of told) counts.set(account, (counts.get(account) ?? 0) + 1);
  return counts;
}

/** Identifiers tell what is one and the same; a phase of a transaction may fail beside the other. */
function isToldTwice(told: readonly Witness[]): boolean {
  const kinds = new Map<string, Set<string>>();
  for (const { label, identifier } of told) {
    if (!label.endsWith('Exception') || identifier === undefined) continue;
    const kind = `${label} ${phases.find((phase) => identifier.endsWith(phase)) ?? ''}`;
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(identifier));
  }
  return [...kinds.values()].some(({ size }) => size > 1);
}
