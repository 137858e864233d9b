import type { BuildPhase, BuildPhaseType } from '@aws-sdk/client-codebuild';
import type { BuildRecord, Ending } from './build-record.ts';

/** How long a phase lasts, in seconds; `BUILD` takes what is left, the others are cut short in a short build. */
const phasesBeforeBuild: readonly (readonly [BuildPhaseType, number])[] = [
  ['SUBMITTED', 0],
  ['QUEUED', 1],
  ['PROVISIONING', 5],
  ['DOWNLOAD_SOURCE', 1],
  ['INSTALL', 0],
  ['PRE_BUILD', 0],
];
const phasesAfterBuild: readonly BuildPhaseType[] = ['POST_BUILD', 'UPLOAD_ARTIFACTS', 'FINALIZING'];

type Course = Pick<BuildRecord, 'started' | 'ended'>;

interface Span {
  readonly phaseType: BuildPhaseType;
  readonly from: number;
  readonly until: number;
}

/** The phases that a build has been through, and the one that it is in, at a time (milliseconds). */
export function phasesOf({ started, ended }: Course, now: number): BuildPhase[] {
  const spans = spansSince(started, ended?.at ?? Infinity);
  if (!ended) return underWay(spans, now);
  const last = spans.findIndex((span) => brokenIn(span, ended));
  const broken = spans[last];
  if (!broken) return [...spans.map(succeeded), ...afterwards(ended.at)];
  const failed: BuildPhase = {
    ...succeeded(broken),
    phaseStatus: ended.status,
    contexts: [contextOf(ended)],
  };
  const rest = ended.status === 'FAILED' ? afterwards(ended.at) : [completed(ended.at)];
  return [...spans.slice(0, last).map(succeeded), failed, ...rest];
}

export function currentPhaseOf(build: Course, now: number): BuildPhaseType {
  return phasesOf(build, now).at(-1)?.phaseType ?? 'SUBMITTED';
}

function spansSince(started: number, until: number): Span[] {
  let from = started;
  const span = (phaseType: BuildPhaseType, end: number): Span => {
    const begin = from;
    from = Math.min(end, until);
    return { phaseType, from: begin, until: from };
  };
  return [
    ...phasesBeforeBuild.map(([phaseType, seconds]) => span(phaseType, from + seconds * 1000)),
    span('BUILD', until),
  ];
}

function underWay(spans: readonly Span[], now: number): BuildPhase[] {
  const current = spans.findIndex((span) => span.until > now);
  return spans
    .slice(0, current + 1)
    .map((span, index) =>
      index < current ? succeeded(span) : { phaseType: span.phaseType, startTime: new Date(span.from) },
    );
}

/** A failure comes from the commands of the build; everything else may come at any time. */
function brokenIn({ phaseType, until }: Span, { status, at }: Ending): boolean {
  if (status === 'SUCCEEDED') return false;
  if (status === 'FAILED') return phaseType === 'BUILD';
  return until >= at && phaseType !== 'SUBMITTED';
}

const contextCodes = {
  SUCCEEDED: '',
  FAILED: 'COMMAND_EXECUTION_ERROR',
  STOPPED: '',
  TIMED_OUT: 'BUILD_TIMED_OUT',
  FAULT: 'INTERNAL_SERVICE_ERROR',
} as const;

function contextOf({ status, reason }: Ending) {
  return { statusCode: contextCodes[status], message: reason ?? '' };
}

function succeeded({ phaseType, from, until }: Span): BuildPhase {
  return {
    phaseType,
    phaseStatus: 'SUCCEEDED',
    startTime: new Date(from),
    endTime: new Date(until),
    durationInSeconds: Math.floor((until - from) / 1000),
    contexts: [],
  };
}

function afterwards(at: number): BuildPhase[] {
  return [
    ...phasesAfterBuild.map((phaseType) => succeeded({ phaseType, from: at, until: at })),
    completed(at),
  ];
}

const completed = (at: number): BuildPhase => ({ phaseType: 'COMPLETED', startTime: new Date(at) });
