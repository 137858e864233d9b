import { digest, exceptionFrom, type Exception } from '#domain/incidents/exception.ts';
import { payloadOf } from './payload.ts';
import { member, textMember } from './shape.ts';
import { exceptionLabels, source } from './system-event.ts';
import type { BusEvent, Reading, Trigger, Wiring } from './trigger.ts';

/**
 * Something that a person should know of. A few at a time: each looks an account up, and a storm must leave
 * Organizations to the others.
 */
export const exceptionRaised: Trigger<Exception> = {
  kind: 'events',
  queued: { concurrency: 2 },
  pattern: ({ environment }) => ({
    source: [source],
    'detail-type': exceptionLabels,
    detail: { Environment: [environment] },
  }),
  read,
};

function read(event: BusEvent, wiring: Wiring): Reading<Exception> {
  const label = exceptionLabels.find((known) => known === event['detail-type']);
  if (!label) return { ignored: 'no exception' };
  const found = payloadOf(event, wiring);
  if ('ignored' in found) return found;
  const { payload } = found;
  const members = {
    account: member(payload, 'account'),
    title: member(payload, 'title'),
    message: member(payload, 'message'),
    impact: member(payload, 'impact'),
    identifier: member(payload, 'identifier'),
  };
  return { happened: exceptionFrom(label, members, identityOf(event)) };
}

/** Each delivery of one event has the same identifier; events that people make up may have none. */
const identityOf = (event: BusEvent) => textMember(event, 'id') ?? digest(JSON.stringify(event));
