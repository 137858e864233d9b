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
  const former = shadow.stamps[label] ?? '';
  const stamped = stamp < former ? shadow : { ...shadow, stamps: { ...shadow.stamps, [label]: stamp } };
  const log = logs[label];
  if (log) return stamp < former ? shadow : { ...stamped, [log]: shortened(message ?? 'no log') };
  const lastStamp = shadow.stamps[shadow.last_state ?? ''] ?? '';
  if (stamp < lastStamp) return stamped;
  const state = states[label];
  const moved = { ...stamped, last_state: label };
  return state ? withState(moved, state, tagPrefix) : moved;
}
