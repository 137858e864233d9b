import type { BuildPhase } from '@aws-sdk/client-codebuild';
import type { CloudEvent } from '../../platform.ts';
import type { BuildRecord } from './build-record.ts';
import { logsOf } from './build-logs.ts';
import { phasesOf } from './build-phases.ts';

/** The event that tells of the start of a build, and of its end, in the form that CodeBuild gives it. */
export function stateChange(build: BuildRecord): CloudEvent {
  return {
    account: build.account,
    region: build.region,
    source: 'aws.codebuild',
    detailType: 'CodeBuild Build State Change',
    resources: [build.arn],
    detail: {
      'build-status': build.ended?.status ?? 'IN_PROGRESS',
      'project-name': build.project.name,
      'build-id': build.arn,
      'additional-information': additionalInformation(build),
      'current-phase': build.ended ? 'COMPLETED' : 'SUBMITTED',
      'current-phase-context': '[]',
      version: '1',
    },
  };
}

function additionalInformation(build: BuildRecord) {
  const { project, ended } = build;
  const { groupName, streamName, deepLink } = logsOf(build);
  return {
    cache: { type: 'NO_CACHE' },
    'build-number': build.number,
    'timeout-in-minutes': project.timeoutInMinutes,
    'build-complete': ended !== undefined,
    initiator: build.initiator,
    'build-start-time': timeText(build.started),
    source: { buildspec: project.source.buildspec, type: project.source.type },
    artifact: { location: '' },
    environment: environmentOf(build),
    'project-file-system-locations': [],
    logs: { 'group-name': groupName, 'stream-name': streamName, 'deep-link': deepLink },
    ...(ended ? { phases: phasesOf(build, ended.at).map(phaseOf) } : {}),
    'queued-timeout-in-minutes': project.queuedTimeoutInMinutes,
  };
}

function environmentOf({ project: { environment } }: BuildRecord) {
  return {
    image: environment.image,
    'privileged-mode': environment.privilegedMode,
    'image-pull-credentials-type': environment.imagePullCredentialsType,
    'compute-type': environment.computeType,
    type: environment.type,
    'environment-variables': (environment.environmentVariables ?? []).map(({ name, type, value }) => ({
      name,
      type,
      value,
    })),
  };
}

function phaseOf({ phaseType, phaseStatus, startTime, endTime, durationInSeconds, contexts }: BuildPhase) {
  return {
    ...(contexts
      ? { 'phase-context': contexts.map(({ statusCode, message }) => `${statusCode}: ${message}`) }
      : {}),
    'start-time': startTime && timeText(startTime.getTime()),
    'end-time': endTime && timeText(endTime.getTime()),
    'duration-in-seconds': durationInSeconds,
    'phase-type': phaseType,
    'phase-status': phaseStatus,
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `Sep 1, 2017 4:12:29 PM`, in UTC. */
export function timeText(time: number): string {
  const date = new Date(time);
  const hour = date.getUTCHours();
  const [minutes, seconds] = [date.getUTCMinutes(), date.getUTCSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  );
  const day = `${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
  return `${day} ${hour % 12 || 12}:${minutes}:${seconds} ${hour < 12 ? 'AM' : 'PM'}`;
}
