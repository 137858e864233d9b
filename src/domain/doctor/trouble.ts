import { finding, hint, ok, type Diagnosis } from './diagnosis.ts';
import { countOf, deployAs, listOf } from './wording.ts';

export interface DeadLetterQueue {
  readonly name: string;
  /** Undefined where there is no such queue. */
  readonly messages: number | undefined;
}

/** No message has been given up: each stands for work that nobody will do unless a person looks. */
export function noDeadLetters(queues: readonly DeadLetterQueue[], automationAccount: string): Diagnosis {
  const missing = queues.filter(({ messages }) => messages === undefined).map(({ name }) => name);
  const full = queues.filter(({ messages = 0 }) => messages > 0);
  if (full.length > 0) {
    const told = full.map(({ name, messages = 0 }) => `${countOf(messages, 'message')} in ${name}`);
    return finding(listOf(told), 'read one and mend its cause, as docs/runbooks/dead-letters.md says');
  }
  if (missing.length > 0) return finding(`${listOf(missing)} missing`, deployAs(automationAccount));
  return ok(`${countOf(queues.length, 'queue')} of dead letters, all empty`);
}

export interface Alarm {
  readonly name: string;
  /** What is broken when it rings. */
  readonly says: string;
}

/** No alarm of the system rings. Those of an environment whose name only begins as ours does are none of ours. */
export function noAlarms(alarms: readonly Alarm[], environment: string): Diagnosis {
  const ringing = alarms.filter(({ name }) => /^[A-Z-]/.test(name.slice(environment.length)));
  if (ringing.length === 0) return ok('no alarm rings');
  const told = ringing.map(({ name, says }) => (says ? `${name} (${says})` : name));
  return finding(
    `in alarm: ${listOf(told)}`,
    'look at the metric of the alarm, then at the log of the function that it names',
  );
}

/** Those who want to be told of exceptions have confirmed their subscriptions. */
export function subscribersAreConfirmed(pending: readonly string[], wanted: number): Diagnosis {
  if (pending.length === 0) return ok(`${countOf(wanted, 'subscriber')} of exceptions`);
  return hint(
    `not told of exceptions before they confirm their subscription: ${listOf(pending)}`,
    'have them answer the mail of AWS, or subscribe them again when it is more than three days old',
  );
}
