import { isAccountId } from '#domain/account.ts';
import type { EventTrigger } from './gathered.ts';
import { payloadOf } from './payload.ts';
import { textMember } from './shape.ts';
import { activityLabels, source } from './system-event.ts';
import type { BusEvent, Reading, Wiring } from './trigger.ts';

/** Something has happened to an account, or in it, that is worth a record. */
export type ActivityTold = Readonly<Record<string, unknown>>;

export const activityTold: EventTrigger<ActivityTold> = {
  kind: 'events',
  pattern: ({ environment }) => ({
    source: [source],
    'detail-type': activityLabels,
    detail: { Environment: [environment] },
  }),
  read,
};

function read(event: BusEvent, wiring: Wiring): Reading<ActivityTold> {
  if (!activityLabels.some((label) => label === event['detail-type'])) return { ignored: 'no activity' };
  const found = payloadOf(event, wiring);
  if ('ignored' in found) return found;
  const { payload } = found;
  if (!isAccountId(textMember(payload, 'account')) || textMember(payload, 'transaction') === undefined)
    return { ignored: 'an activity without account or transaction' };
  return { happened: { ...(payload as ActivityTold) } };
}
