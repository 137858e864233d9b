import type { ExceptionLabel, SystemEvent } from '#events/system-event.ts';
import { afterFailure, patienceWithEventsInSeconds, type Passage } from '#domain/lifecycle.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { lastReport, type LastReport } from './last-report.ts';
import { moveOn } from './move-on.ts';
import { epochSeconds } from './undertake.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'progress' | 'errands' | 'buildReports'>;

/** A try has failed: it is told once, made again after a growing pause, and given up after the last one. */
export async function faceFailure(passage: Passage, seen: string, ports: Needs): Promise<Outcome> {
  const decision = afterFailure(passage.tries);
  const failure = await failureOf(passage, seen, ports);
  return decision.next === 'give up'
    ? giveUp(passage, failure, ports)
    : tryAgainLater(passage, decision, failure, ports);
}

interface Failure {
  /** On one line. */
  readonly reason: string;
  readonly report: LastReport | undefined;
}

/** A build says why it failed in its report, which a function keeps as soon as it is told, before the build has ended. */
async function failureOf(passage: Passage, seen: string, ports: Needs): Promise<Failure> {
  const report = passage.build === undefined ? undefined : await lastReport(passage, ports);
  return { reason: report?.reason ? `${seen}: ${report.reason}` : seen, report };
}

async function tryAgainLater(
  passage: Passage,
  { tell, afterSeconds }: { readonly tell: boolean; readonly afterSeconds: number },
  failure: Failure,
  { bus, progress, errands, clock }: Needs,
): Promise<Outcome> {
  const { account, phase, tries } = passage;
  if (tell)
    await bus.put(
      told('FailedCodebuildException', passage, `Codebuild event for account ${account}`, failure),
    );
  const { reason } = failure;
  const { build: _, ...rest } = passage;
  await progress.save({ ...rest, status: 'pausing', reason, due: epochSeconds(clock) + afterSeconds });
  await errands.revisit([account], afterSeconds);
  return { outcome: 'tried again later', account, phase, tries, afterSeconds, reason };
}

/** A failed purge gives the account back to its holder; a failed preparation waits for a person. */
async function giveUp(passage: Passage, failure: Failure, ports: Needs): Promise<Outcome> {
  const { reason } = failure;
  const { account, phase, transaction } = passage;
  const name = transaction === 'on-boarding' ? 'on-boarding' : 'maintenance';
  const label = transaction === 'on-boarding' ? 'FailedOnBoardingException' : 'FailedMaintenanceException';
  await ports.bus.put(told(label, passage, `Failed ${name} of account '${account}'`, failure));
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
function told(label: ExceptionLabel, passage: Passage, title: string, failure: Failure): SystemEvent {
  const { account, phase, transition, tries } = passage;
  const { reason, report } = failure;
  const message = [
    `The ${phase} of account ${account} has failed (try ${tries}): ${reason}.`,
    ...(report && report.details.length > 0 ? [report.details.map((line) => `- ${line}`).join('\n')] : []),
    ...(passage.build ? [`Build: ${passage.build}`] : []),
    ...(report ? [`Report: ${report.key} in the bucket of reports`] : []),
  ].join('\n\n');
  return {
    label,
    payload: { account, title, message, identifier: `${label}-${account}-${transition}-${phase}` },
  };
}
