import { isAccountId, type AccountId } from '#domain/account.ts';
import type { EventTrigger } from './gathered.ts';
import { textMember } from './shape.ts';
import { accountLabels, source, type AccountLabel } from './system-event.ts';
import type { BusEvent, Reading, Wiring } from './trigger.ts';

/** One of our own events about an account has been heard. */
export interface AccountTold {
  readonly label: AccountLabel;
  readonly account: AccountId;
  /** When the event was put on the bus, to the second; undefined when it does not say. */
  readonly at: Date | undefined;
  readonly message: string | undefined;
}

export const accountTold: EventTrigger<AccountTold> = {
  kind: 'events',
  pattern: ({ environment }) => ({
    source: [source],
    'detail-type': accountLabels,
    detail: { Environment: [environment] },
  }),
  read: readAccountTold,
};

export function readAccountTold(event: BusEvent, { environment }: Wiring): Reading<AccountTold> {
  const label = accountLabels.find((known) => known === event['detail-type']);
  if (!label) return { ignored: 'no account event' };
  const found = textMember(event, 'detail', 'Environment');
  if (found !== environment) return { ignored: `an event of the environment ${found ?? '(none)'}` };
  const account = textMember(event, 'detail', 'Account');
  if (!isAccountId(account)) return { ignored: 'an event without the number of an account' };
  return {
    happened: { label, account, at: timeIn(event), message: textMember(event, 'detail', 'Message') },
  };
}

/** The moment that the envelope of an event tells. */
export function timeIn(event: unknown): Date | undefined {
  const time = new Date(textMember(event, 'time') ?? '');
  return Number.isNaN(time.getTime()) ? undefined : time;
}
