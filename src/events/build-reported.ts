import type { AccountId } from '#domain/account.ts';
import type { Phase } from '#domain/lifecycle.ts';
import { readAccountTold } from './account-told.ts';
import type { EventTrigger } from './gathered.ts';
import type { ReportPart } from './report-part.ts';
import { source, type AccountLabel } from './system-event.ts';

/** A build has told what it did, or a part of it. */
export interface BuildReported {
  readonly account: AccountId;
  readonly phase: Phase;
  /** When the event was put on the bus, to the second; undefined when it does not say. */
  readonly at: Date | undefined;
  readonly text: string;
  /** Undefined where the report is whole. */
  readonly part: ReportPart | undefined;
}

const phases: { readonly [Label in AccountLabel]?: Phase } = {
  PreparationReport: 'preparation',
  PurgeReport: 'purge',
};

export const buildReported: EventTrigger<BuildReported> = {
  kind: 'events',
  pattern: ({ environment }) => ({
    source: [source],
    'detail-type': Object.keys(phases),
    detail: { Environment: [environment] },
  }),
  read(event, wiring) {
    const reading = readAccountTold(event, wiring);
    if ('ignored' in reading) return reading;
    const { label, account, at, message: text = '', part } = reading.happened;
    const phase = phases[label];
    return phase ? { happened: { account, phase, at, text, part } } : { ignored: 'no report of a build' };
  },
};
