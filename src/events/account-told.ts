import { isAccountId, type AccountId } from '#domain/account.ts';
import type { EventTrigger } from './gathered.ts';
import { reportPartIn, type ReportPart } from './report-part.ts';
import { textMember, timeMember } from './shape.ts';
import { accountLabels, source, type AccountLabel } from './system-event.ts';
import type { BusEvent, Reading, Wiring } from './trigger.ts';

/** One of our own events about an account has been heard. */
export interface AccountTold {
  readonly label: AccountLabel;
  readonly account: AccountId;
  /** When the event was put on the bus, to the second; undefined when it does not say. */
  readonly at: Date | undefined;
  readonly message: string | undefined;
  /** Undefined for all but reports that are too long for one event. */
  readonly part: ReportPart | undefined;
}

export const accountTold: EventTrigger<AccountTold> = {
  kind: 'events',
  pattern: ({ environment }) => ({
    source: [source],
    'detail-type': accountLabels,
    detail: { Environment: [environment] },
  }),
  read: readOnce,
};

const goesOn = '\n[goes on in the bucket of reports]\n';

/** A report in parts is one event, and its beginning is what is told of it. */
function readOnce(event: BusEvent, wiring: Wiring): Reading<AccountTold> {
  const reading = readAccountTold(event, wiring);
  if ('ignored' in reading || !reading.happened.part) return reading;
  const { message = '', part } = reading.happened;
  if (part.number > 1) return { ignored: 'a further part of a report' };
  return { happened: { ...reading.happened, message: `${message}${goesOn}` } };
}

export function readAccountTold(event: BusEvent, { environment }: Wiring): Reading<AccountTold> {
  const label = accountLabels.find((known) => known === event['detail-type']);
  if (!label) return { ignored: 'no account event' };
  const found = textMember(event, 'detail', 'Environment');
  if (found !== environment) return { ignored: `an event of the environment ${found ?? '(none)'}` };
  const account = textMember(event, 'detail', 'Account');
  if (!isAccountId(account)) return { ignored: 'an event without the number of an account' };
  const message = textMember(event, 'detail', 'Message');
  return { happened: { label, account, at: timeMember(event, 'time'), message, part: reportPartIn(event) } };
}
