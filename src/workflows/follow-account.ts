import type { Account } from '#domain/account.ts';
import { activityOf } from '#domain/activities/activity.ts';
import { costCenterOf } from '#domain/activities/cost-center.ts';
import { identifierOf } from '#domain/activities/identifier.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
import { gone, withAttributes, type Shadow } from '#domain/shadows/shadow.ts';
import type { AccountChanged } from '#events/account-changed.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { unitNameOf } from './cast-shadow.ts';
import { recordActivities } from './record-activities.ts';
import { epochSeconds } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'shadows' | 'activities'>;

/**
 * The shadow follows its account: other tags, another unit, closed, or gone. That an account was created is on record
 * for each, since it is born under the root, before anybody knows whose it will be; that it was closed, for ours.
 */
export async function followAccount(changed: AccountChanged, ports: Needs): Promise<Outcome> {
  const { account: id, change } = changed;
  const account = await ports.accounts.find(id);
  const shadow = await follow(changed, account, ports);
  const isWorthARecord = change === 'created' || (change === 'closed' && shadow !== undefined);
  if (!isWorthARecord) return { outcome: shadow ? 'followed' : 'left alone', account: id };
  const { costs } = await ports.settings.book();
  const tags = account?.tags ?? shadow?.tags ?? {};
  const end = (changed.end?.getTime() ?? 0) / 1000 || epochSeconds(ports.clock);
  const activity = activityOf({
    account: id,
    costCenter: costCenterOf(tags, costs.tag),
    transaction: change === 'created' ? 'account-creation' : 'account-closing',
    identifier: identifierOf(change, id, changed.identifier),
    begin: (changed.begin?.getTime() ?? 0) / 1000 || end,
    end,
    tags,
  });
  return recordActivities([{ ...activity }], ports);
}

/** Undefined for accounts that are none of ours and never were. */
async function follow(
  { account: id }: AccountChanged,
  account: Account | undefined,
  { accounts, settings, shadows }: Needs,
): Promise<Shadow | undefined> {
  if (!account) return shadows.change(id, (shadow) => shadow && gone(shadow));
  const isManaged = effectiveSettings(await settings.book(), account) !== undefined;
  const unitName = await unitNameOf(account, accounts);
  return shadows.change(id, (shadow) =>
    shadow || isManaged ? withAttributes(shadow, account, unitName) : undefined,
  );
}
