import { isAccountId, isAccountState, type AccountId } from '#domain/account.ts';
import { bulkWriters } from '#domain/pace.ts';
import type { StateChange } from '#ports/errands.ts';
import { member, textMember } from './shape.ts';
import type { Reading, Trigger } from './trigger.ts';

/** Queues on which the system leaves work for itself, named without the environment identifier before them. */
export const errandQueues = {
  stateChanges: 'StateChanges',
  urgentStateChanges: 'UrgentStateChanges',
  revisits: 'Revisits',
} as const;

/** Queues in which accounts wait for work to begin, named likewise: two are those of functions fed by events. */
export const linesOfWork = ['OnAssignedAccountFromQueue', 'OnExpiredAccount', errandQueues.revisits] as const;

/** One state to be written, by as few writers as a queue may feed: tag writes are the scarcest calls of the organization. */
export const stateChangeAsked = stateChangesOf(errandQueues.stateChanges);

/** Those that people wait for have a queue of their own: that of a window may take hours. */
export const urgentStateChangeAsked = stateChangesOf(errandQueues.urgentStateChanges);

function stateChangesOf(queue: string): Trigger<StateChange> {
  return { kind: 'messages', queue, concurrency: bulkWriters, read: readStateChange };
}

export const revisitAsked: Trigger<{ readonly account: AccountId }> = {
  kind: 'messages',
  queue: errandQueues.revisits,
  concurrency: 5,
  read(message) {
    const account = textMember(message, 'account');
    return isAccountId(account) ? { happened: { account } } : { ignored: 'names no account' };
  },
};

function readStateChange(message: unknown): Reading<StateChange> {
  const account = textMember(message, 'account');
  const from = textMember(message, 'from');
  const to = textMember(message, 'to');
  if (!isAccountId(account)) return { ignored: 'names no account' };
  if (!isAccountState(to)) return { ignored: 'names no state' };
  const asked = member(message, 'asked');
  return {
    happened: {
      account,
      from: from === 'none' || isAccountState(from) ? from : undefined,
      to,
      ...(typeof asked === 'number' ? { asked } : {}),
    },
  };
}
