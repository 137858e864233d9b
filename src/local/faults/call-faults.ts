import type { Attempt, Interference } from '#emulator/dispatch.ts';
import { createAnswerMemory, mayBeStale } from './answer-memory.ts';
import type { CallFault } from './fault-plan.ts';
import { concerns, createLots, type Draw } from './lots.ts';
import { denied, outOfService, throttling } from './refusals.ts';

const usualDelayInSeconds = 5;
const usualAgeInSeconds = 10;

/** Stands between the calls of functions and AWS; what people and builds call is left alone. */
export function createCallFaults(faults: readonly CallFault[], draw: Draw): Interference {
  const lots = createLots(faults, 'calls', draw);
  const staleAges = faults.filter(({ fault }) => fault === 'stale').map(ageOf);
  const memory = createAnswerMemory(Math.max(0, ...staleAges));

  /** Waits, or throws: what happens before the call has any effect. */
  async function meet({ fault, seconds = usualDelayInSeconds }: CallFault, attempt: Attempt): Promise<void> {
    const { service, call, sleep } = attempt;
    if (fault === 'slow') await sleep?.(Math.round(lots.upTo(seconds) * 1000));
    if (fault === 'throttled') throw throttling(service);
    if (fault === 'failed') throw outOfService();
    if (fault === 'denied') throw denied(service, call.operation);
  }

  return async (attempt, run) => {
    if (attempt.call.origin !== 'function') return run();
    const struck = lots.strike((fault) => isMeant(fault, attempt));
    for (const fault of struck) await meet(fault, attempt);
    const now = draw.clock.now();
    const stale = struck.find(({ fault }) => fault === 'stale');
    const former = stale && memory.recall(attempt, ageOf(stale), now);
    if (former) return former.output;
    const output = await run();
    if (staleAges.length > 0 && mayBeStale(attempt)) memory.keep(attempt, output, now);
    if (struck.some(({ fault }) => fault === 'unanswered')) throw outOfService();
    return output;
  };
}

const ageOf = ({ seconds = usualAgeInSeconds }: CallFault) => seconds;

function isMeant({ fault, service, operation, account, region }: CallFault, attempt: Attempt): boolean {
  const { call } = attempt;
  if (fault === 'stale' && !mayBeStale(attempt)) return false;
  return (
    concerns(service, attempt.service) &&
    concerns(operation, call.operation) &&
    concerns(region, call.region) &&
    concerns(account, accountIn(attempt))
  );
}

/** A role is assumed from elsewhere, and opens its own account. */
function accountIn({ call, input }: Attempt): string | undefined {
  if (call.operation !== 'AssumeRole') return call.account;
  const { RoleArn: role } = input;
  return typeof role === 'string' ? role.split(':')[4] : undefined;
}
