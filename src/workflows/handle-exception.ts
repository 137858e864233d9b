import { caseFor, isOpeningOf, type Case } from '#domain/incidents/case.ts';
import { contentOf, digest, kindOf, type Exception } from '#domain/incidents/exception.ts';
import { mailFrom } from '#domain/incidents/mail.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { attachCosts } from './attach-costs.ts';
import { openedRecord, type RecordOf } from './opened-record.ts';
import { tellChannels } from './tell-channels.ts';
import { epochSeconds } from './undertake.ts';

export type ExceptionNeeds = Ports<
  'accounts' | 'settings' | 'bus' | 'incidents' | 'incidentLog' | 'notices' | 'attachments' | 'accountCosts'
>;

/** One of the ways in which an exception reaches people. */
interface Effect {
  readonly name: string;
  /** Names what is done: it is done once, whatever comes twice. */
  readonly deed: string;
  readonly run: () => Promise<unknown>;
}

export class NotToldEverywhere extends AggregateError {
  override readonly name = 'NotToldEverywhere';
  readonly effects: readonly string[];
  constructor(effects: readonly string[], faults: readonly unknown[]) {
    const reasons = faults.map((fault) => (fault instanceof Error ? fault.message : String(fault)));
    super(
      faults,
      `an exception is not told by ${effects.join(', ')}, which is tried again: ${reasons.join('; ')}`,
    );
    this.effects = effects;
  }
}

/**
 * People are told of an exception by chat and by mail, and find one record of it with its costs attached. What fails is
 * tried again by itself, and harms nothing else.
 */
export async function handleException(exception: Exception, ports: ExceptionNeeds): Promise<Outcome> {
  const claimed = await ports.incidentLog.claim(
    kindOf(exception),
    caseFor(exception, epochSeconds(ports.clock)),
  );
  const failed = new Map<string, unknown>();
  const current = await caseUnderWay(claimed, exception, ports).catch((fault: unknown) => {
    failed.set('record', fault);
    return undefined;
  });
  const effects = [
    ...announcements(exception, current ?? claimed, ports),
    ...(current ? records(exception, current, ports) : []),
  ];
  const done = await ports.incidentLog.doneAmong(effects.map(({ deed }) => deed));
  const left = effects.filter(({ deed }) => !done.has(deed));
  for (const { name, deed, run } of left) {
    try {
      await run();
      await ports.incidentLog.done(deed);
    } catch (fault) {
      failed.set(name, fault);
    }
  }
  if (failed.size > 0) throw new NotToldEverywhere([...failed.keys()], [...failed.values()]);
  return outcomeOf(exception, left);
}

/** A repeat goes to the record that is open; where somebody has closed that one, a new case begins. */
async function caseUnderWay(found: Case, exception: Exception, ports: ExceptionNeeds): Promise<Case> {
  const { incidents, incidentLog, clock } = ports;
  if (isOpeningOf(found, exception) || found.record === undefined) return found;
  const isRecorded = (await incidentLog.doneAmong([recordDeed(exception)])).size > 0;
  if (isRecorded || (await incidents.isOpen(found.record))) return found;
  return incidentLog.replace(kindOf(exception), found, caseFor(exception, epochSeconds(clock)));
}

/** What has been said in a case is not said again, although another event may tell it. */
function announcements(exception: Exception, { token }: Case, ports: ExceptionNeeds): readonly Effect[] {
  const once = digest(token, contentOf(exception));
  return [
    { name: 'chat', deed: `chat/${once}`, run: () => tellChannels(exception, ports) },
    { name: 'mail', deed: `mail/${once}`, run: () => ports.notices.publish(mailFrom(exception)) },
    {
      name: 'metric',
      deed: `metric/${identityOf(exception)}`,
      run: async () => ports.metrics.record({ metric: 'ExceptionsByLabel', of: exception.label, value: 1 }),
    },
  ];
}

function records(exception: Exception, current: Case, ports: ExceptionNeeds): readonly Effect[] {
  const record = openedRecord(kindOf(exception), current, ports);
  return [
    {
      name: 'record',
      deed: recordDeed(exception),
      run: () => (isOpeningOf(current, exception) ? record() : addTo(record, exception, ports)),
    },
    { name: 'costs', deed: `costs/${current.token}`, run: () => attachCosts(record, ports) },
  ];
}

async function addTo(recordOf: RecordOf, exception: Exception, { incidents, clock }: ExceptionNeeds) {
  const { record } = await recordOf();
  const { title, message } = exception;
  await incidents.add(record, { token: identityOf(exception), at: clock.now(), title, message });
}

const identityOf = ({ label, identity }: Exception) => digest(label, identity);
const recordDeed = (exception: Exception) => `record/${identityOf(exception)}`;

function outcomeOf({ label, account }: Exception, left: readonly Effect[]): Outcome {
  const outcome = left.length === 0 ? 'told already' : 'told';
  return { outcome, exception: label, account, by: left.map(({ name }) => name) };
}
