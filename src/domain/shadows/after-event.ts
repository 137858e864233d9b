import type { AccountState } from '#domain/account.ts';
import { shortened } from './shortened-log.ts';
import { stampAt, withState, type Shadow } from './shadow.ts';

/** An account event, as far as shadows care. */
export interface Happening {
  readonly label: string;
  /** When it happened, not when it was heard of: events come in any order. */
  readonly at: Date;
  readonly message: string | undefined;
}

/** Reports of builds leave their log; they are no state of the account. */
const logs: Readonly<Record<string, 'last_preparation_log' | 'last_purge_log'>> = {
  PreparationReport: 'last_preparation_log',
  PurgeReport: 'last_purge_log',
};

/** Events that say in which state the tag of the account is. */
const states: Readonly<Record<string, AccountState>> = {
  AssignedAccount: 'assigned',
  ReleasedAccount: 'released',
  ExpiredAccount: 'expired',
};

/** What an event leaves on the shadow. An older one moves no stamp back and replaces neither state nor log. */
export function afterEvent(shadow: Shadow, happening: Happening, tagPrefix: string): Shadow {
  const { label, message } = happening;
  const stamp = stampAt(happening.at);
  if (stamp < (shadow.stamps[label] ?? '')) return shadow;
  const stamped = { ...shadow, stamps: { ...shadow.stamps, [label]: stamp } };
  const log = logs[label];
  if (log) return { ...stamped, [log]: shortened(message ?? 'no log') };
  const state = states[label];
  const placed =
    state && isNewest(stamp, Object.keys(states), shadow) ? withState(stamped, state, tagPrefix) : stamped;
  return isNewest(stamp, [shadow.last_state ?? ''], shadow) ? { ...placed, last_state: label } : placed;
}

const isNewest = (stamp: string, labels: readonly string[], { stamps }: Shadow): boolean =>
  labels.every((label) => stamp >= (stamps[label] ?? ''));
