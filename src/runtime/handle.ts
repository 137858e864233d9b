import type { FunctionDeclaration } from '#functions/define-function.ts';
import { listMember, member, textMember } from '#events/shape.ts';
import type { BusEvent, Reading, Wiring } from '#events/trigger.ts';
import type { Ports } from '#ports/ports.ts';
import type { Outcome } from '#ports/outcome.ts';
import { functionUrlResponse } from './function-url-response.ts';
import type { Log } from './log.ts';

/** What a function runs in: made once per container. */
export interface Setting {
  readonly wiring: Wiring;
  readonly ports: Ports;
  readonly log: Log;
}

/** Answer to a batch of messages: those named here are delivered again. */
interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Runs a function for what Lambda hands to it: an event, a payload, or a batch of messages whose failures are told one
 * by one. A fault is logged once and thrown: Lambda, SQS and EventBridge then try again, and end with dead letters.
 */
export async function handle(
  declaration: FunctionDeclaration,
  payload: unknown,
  setting: Setting,
): Promise<unknown> {
  const messages = listMember(payload, 'Records').filter(
    (record) => member(record, 'eventSource') === 'aws:sqs',
  );
  if (declaration.trigger.kind === 'web')
    return functionUrlResponse(await handleOne(declaration, payload, setting));
  return messages.length > 0
    ? handleBatch(declaration, messages, setting)
    : handleOne(declaration, payload, setting);
}

const noFailures: BatchAnswer = { batchItemFailures: [] };

async function handleBatch(
  declaration: FunctionDeclaration,
  messages: readonly unknown[],
  setting: Setting,
): Promise<BatchAnswer> {
  if (messages.length > 1 && (await handleTogether(declaration, messages, setting))) return noFailures;
  const failed: { itemIdentifier: string }[] = [];
  for (const message of messages) {
    try {
      await handleOne(declaration, eventIn(textMember(message, 'body')), setting);
    } catch {
      // Logged already; SQS delivers this message again, and the others not.
      failed.push({ itemIdentifier: textMember(message, 'messageId') ?? '' });
    }
  }
  return { batchItemFailures: failed };
}

/** Tells whether all messages have been dealt with in one run; otherwise they go one by one, and the faulty ones show. */
async function handleTogether(
  declaration: FunctionDeclaration,
  messages: readonly unknown[],
  { wiring, ports, log }: Setting,
): Promise<boolean> {
  const { name, trigger } = declaration;
  if (trigger.kind !== 'events' || !trigger.queued?.gathered) return false;
  const readings = messages.map((message) => read(declaration, eventIn(textMember(message, 'body')), wiring));
  const happened = readings.flatMap((reading) =>
    'happened' in reading ? (reading.happened as readonly unknown[]) : [],
  );
  const ignored = readings.flatMap((reading) => ('ignored' in reading ? reading.ignored : []));
  try {
    const outcome = happened.length > 0 ? await declaration.run(happened as never, ports) : 'ignored';
    log('INFO', { function: name, ...lineOf(outcome), ...(ignored.length > 0 ? { ignored } : {}) });
    return true;
  } catch (fault) {
    log('WARNING', { function: name, fault: describeFault(fault), messages: messages.length });
    return false;
  }
}

async function handleOne(
  declaration: FunctionDeclaration,
  payload: unknown,
  setting: Setting,
): Promise<Outcome> {
  const { name } = declaration;
  const { log } = setting;
  const reading = read(declaration, payload, setting.wiring);
  if ('ignored' in reading) {
    log('INFO', { function: name, outcome: 'ignored', reason: reading.ignored });
    return { outcome: 'ignored', reason: reading.ignored };
  }
  try {
    const outcome = await declaration.run(reading.happened as never, setting.ports);
    log('INFO', { function: name, ...lineOf(outcome) });
    return outcome;
  } catch (fault) {
    // Requests over the web hold signatures, which are nobody's business.
    const happened = declaration.trigger.kind === 'web' ? {} : { happened: reading.happened };
    log('ERROR', { function: name, fault: describeFault(fault), ...happened });
    throw fault;
  }
}

function read({ trigger }: FunctionDeclaration, payload: unknown, wiring: Wiring): Reading<unknown> {
  switch (trigger.kind) {
    case 'events':
      return trigger.read(asEvent(payload), wiring);
    case 'messages':
      return trigger.read(payload);
    case 'schedule':
      return trigger.read(payload);
    case 'web':
      return trigger.read(payload);
  }
}

/** What people find in the log: all of the outcome, but what was answered over the web. */
function lineOf(outcome: Outcome): Readonly<Record<string, unknown>> {
  if (typeof outcome === 'string') return { outcome };
  const { answer: _, ...line } = outcome;
  return line;
}

/** The text of a message; what is no JSON stays text, which no shape matches. */
function eventIn(body = ''): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** An event as EventBridge sends it, or CloudTrail's detail alone, as rules of older deployments forward it. */
function asEvent(payload: unknown): BusEvent {
  if (member(payload, 'eventName') !== undefined && member(payload, 'detail') === undefined)
    return { detail: payload };
  return typeof payload === 'object' && payload !== null ? payload : {};
}

function describeFault(fault: unknown): unknown {
  if (!(fault instanceof Error)) return String(fault);
  const cause = fault.cause === undefined ? {} : { cause: describeFault(fault.cause) };
  return { name: fault.name, message: fault.message, stack: fault.stack, ...cause };
}
