import type { AccountId } from '#domain/account.ts';
import { activityOf } from '#domain/activities/activity.ts';
import { costCenterOf } from '#domain/activities/cost-center.ts';
import { isComplete } from '#domain/shadows/shadow.ts';
import { successOf, type OpenTransaction } from '#domain/transactions/transaction.ts';
import type { SystemEvent } from '#events/system-event.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { isLeftAlone, lookUp, type LeftAlone } from './look-up-account.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'shadows' | 'transactions'>;

/**
 * The account is its holder's again: what was under way is over, and becomes an activity. The event comes before the
 * record goes, so that it is told at least once; its identifier is the same however often.
 */
export async function endTransactions(
  account: AccountId,
  endInSeconds: number,
  ports: Needs,
): Promise<Outcome> {
  const { transactions, bus, settings } = ports;
  // A release that was heard of late is not the end of what began after it.
  const over = (await transactions.of(account)).filter(({ begin }) => begin <= endInSeconds);
  if (over.length === 0) return { outcome: 'nothing under way', account };
  const tags = await tagsOf(account, ports);
  if ('outcome' in tags) {
    for (const open of over) await transactions.forget(open);
    return tags;
  }
  const { costs } = await settings.book();
  await bus.put(
    ...over.flatMap((open) => activityEvent(open, endInSeconds, { ...tags, costTag: costs.tag })),
  );
  for (const open of over) await transactions.forget(open);
  return { outcome: 'ended', account, transactions: over.map(({ transaction }) => transaction) };
}

type Tags = Readonly<Record<string, string>>;

/** Shadows follow the tags of their accounts: the account itself is read only where it casts none yet. */
async function tagsOf(account: AccountId, ports: Needs): Promise<{ readonly tags: Tags } | LeftAlone> {
  const shadow = await ports.shadows.find(account);
  if (isComplete(shadow)) return { tags: shadow.tags };
  const found = await lookUp(account, ports);
  return isLeftAlone(found) ? found : { tags: found.account.tags };
}

function activityEvent(
  open: OpenTransaction,
  end: number,
  { tags, costTag }: { readonly tags: Tags; readonly costTag: string },
): readonly SystemEvent[] {
  const label = successOf(open);
  if (!label) return [];
  const { account, transaction, identifier, begin } = open;
  const costCenter = costCenterOf(tags, costTag);
  const payload = activityOf({ account, costCenter, transaction, identifier, begin, end, tags });
  return [{ label, payload: { ...payload } }];
}
