import type { AccountId } from '#domain/account.ts';
import { activityOf } from '#domain/activities/activity.ts';
import { costCenterOf } from '#domain/activities/cost-center.ts';
import { isComplete, type Shadow } from '#domain/shadows/shadow.ts';
import { successOf, type OpenTransaction } from '#domain/transactions/transaction.ts';
import type { SystemEvent } from '#events/system-event.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp, type LeftAlone } from './look-up-account.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'shadows' | 'transactions'>;

/** An account is its holder's again since `end`, in epoch seconds. */
export interface Ending {
  readonly account: AccountId;
  readonly end: number;
}

/** What was under way when it ended. */
export interface Ended extends Ending {
  readonly over: readonly OpenTransaction[];
}

/** Ends what is under way in these accounts, each of them once. Outcomes stand in the order of the endings. */
export async function endTransactions(endings: readonly Ending[], ports: Needs): Promise<readonly Outcome[]> {
  const open = await ports.transactions.of(endings.map(({ account }) => account));
  // A release that was heard of late is not the end of what began after it.
  const overOf = ({ account, end }: Ending) =>
    open.filter((one) => one.account === account && one.begin <= end);
  return closeTransactions(
    endings.map((ending) => ({ ...ending, over: overOf(ending) })),
    ports,
  );
}

/**
 * Accounts are their holders' again: what was under way is over, and becomes activities. The events come before the
 * records go, so that they are told at least once; their identifiers are the same however often.
 */
export async function closeTransactions(ended: readonly Ended[], ports: Needs): Promise<readonly Outcome[]> {
  const { transactions, bus, settings } = ports;
  const tags = await tagsOf(ended, ports);
  if (tags.size > 0) {
    const { costs } = await settings.book();
    await bus.put(...ended.flatMap((one) => activityEvents(one, tags.get(one.account), costs.tag)));
    await transactions.forget(ended.flatMap(({ over }) => over));
  }
  return ended.map((one) => outcomeOf(one, tags.get(one.account)));
}

type Tags = Readonly<Record<string, string>>;
type Known = { readonly tags: Tags } | LeftAlone;

/** Shadows follow the tags of their accounts: the account itself is read only where it casts none yet. */
async function tagsOf(ended: readonly Ended[], ports: Needs): Promise<ReadonlyMap<AccountId, Known>> {
  const accounts = ended.flatMap(({ account, over }) => (over.length > 0 ? account : []));
  const shadows = await ports.shadows.findAll(accounts);
  const known = new Map<AccountId, Known>();
  for (const account of accounts) known.set(account, await tagsIn(shadows.get(account), account, ports));
  return known;
}

async function tagsIn(shadow: Shadow | undefined, account: AccountId, ports: Needs): Promise<Known> {
  if (isComplete(shadow)) return { tags: shadow.tags };
  const found = await lookUp(account, ports);
  return isLeftAlone(found) ? found : { tags: found.account.tags };
}

function activityEvents(
  { over, end }: Ended,
  known: Known | undefined,
  costTag: string,
): readonly SystemEvent[] {
  if (!known || 'outcome' in known) return [];
  const { tags } = known;
  return over.flatMap((open) => {
    const label = successOf(open);
    if (!label) return [];
    const { account, transaction, identifier, begin } = open;
    const costCenter = costCenterOf(tags, costTag);
    const payload = activityOf({ account, costCenter, transaction, identifier, begin, end, tags });
    return { label, payload: { ...payload } };
  });
}

function outcomeOf({ account, over }: Ended, known: Known | undefined): Outcome {
  if (over.length === 0) return { outcome: 'nothing under way', account };
  if (known && 'outcome' in known) return known;
  return { outcome: 'ended', account, transactions: over.map(({ transaction }) => transaction) };
}
