import type { ExceptionLabel, SystemEvent } from '#events/system-event.ts';
import { afterFailure, patienceWithEventsInSeconds, type Passage } from '#domain/lifecycle.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { moveOn } from './move-on.ts';
import { epochSeconds } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'progress' | 'errands'>;

/** A try has failed: it is told once, made again after a growing pause, and given up after the last one. */
export async function faceFailure(passage: Passage, reason: string, ports: Needs): Promise<Outcome> {
  const decision = afterFailure(passage.tries);
  return decision.next === 'give up'
    ? giveUp(passage, reason, ports)
    : tryAgainLater(passage, decision, reason, ports);
}

async function tryAgainLater(
  passage: Passage,
  { tell, afterSeconds }: { readonly tell: boolean; readonly afterSeconds: number },
  reason: string,
  { bus, progress, errands, clock }: Needs,
): Promise<Outcome> {
  const { account, phase, tries } = passage;
  if (tell)
    await bus.put(
      told('FailedCodebuildException', passage, `Codebuild event for account ${account}`, reason),
    );
  const { build: _, ...rest } = passage;
  await progress.save({ ...rest, status: 'pausing', reason, due: epochSeconds(clock) + afterSeconds });
  await errands.revisit([account], afterSeconds);
  return { outcome: 'tried again later', account, phase, tries, afterSeconds, reason };
}

/** A failed purge gives the account back to its holder; a failed preparation waits for a person. */
async function giveUp(passage: Passage, reason: string, ports: Needs): Promise<Outcome> {
  const { account, phase, transaction } = passage;
  const name = transaction === 'on-boarding' ? 'on-boarding' : 'maintenance';
  const label = transaction === 'on-boarding' ? 'FailedOnBoardingException' : 'FailedMaintenanceException';
  await ports.bus.put(told(label, passage, `Failed ${name} of account '${account}'`, reason));
  if (phase === 'purge') {
    await moveOn('expired', 'maintenance', account, ports);
    return { outcome: 'given back without purge', account, reason };
  }
  const { build: _, ...rest } = passage;
  const due = epochSeconds(ports.clock) + patienceWithEventsInSeconds;
  await ports.progress.save({ ...rest, status: 'given up', reason, due });
  return { outcome: 'left to a person', account, reason };
}

/** One exception per transition and kind, however often it is put on the bus: its identifier says so. */
function told(label: ExceptionLabel, passage: Passage, title: string, reason: string): SystemEvent {
  const { account, phase, transition, tries } = passage;
  const message = [
    `The ${phase} of account ${account} has failed (try ${tries}): ${reason}.`,
    ...(passage.build ? [`Build: ${passage.build}`] : []),
  ].join('\n\n');
  return {
    label,
    payload: { account, title, message, identifier: `${label}-${account}-${transition}-${phase}` },
  };
}
