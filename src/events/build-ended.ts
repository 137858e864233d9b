import { isAccountId, type AccountId } from '#domain/account.ts';
import { phaseOfProject, phases, projects, type Phase } from '#domain/lifecycle.ts';
import { member, textMember } from './shape.ts';
import type { BusEvent, Reading, Trigger } from './trigger.ts';

/** A build in a member account has come to its end. */
export interface BuildEnded {
  readonly account: AccountId;
  readonly phase: Phase;
  /** ARN of the build. */
  readonly build: string;
  readonly status: string;
}

const failures = ['FAILED', 'STOPPED', 'TIMED_OUT', 'FAULT'];

export const buildSucceeded = (phase: Phase) => buildEnded([phase], ['SUCCEEDED'], { concurrency: 5 });

export const buildFailed = buildEnded(phases, failures, { concurrency: 5 });

function buildEnded(
  wanted: readonly Phase[],
  statuses: readonly string[],
  queued: { readonly concurrency: number },
): Trigger<BuildEnded> {
  return {
    kind: 'events',
    queued,
    pattern: () => ({
      source: ['aws.codebuild'],
      'detail-type': ['CodeBuild Build State Change'],
      detail: { 'build-status': statuses, 'project-name': wanted.map((phase) => projects[phase]) },
    }),
    read: (event) => read(event, wanted, statuses),
  };
}

function read(
  { account, detail }: BusEvent,
  wanted: readonly Phase[],
  statuses: readonly string[],
): Reading<BuildEnded> {
  const phase = phaseOfProject(textMember(detail, 'project-name') ?? '');
  const status = textMember(detail, 'build-status') ?? '';
  const build = member(detail, 'build-id');
  if (!phase || !wanted.includes(phase)) return { ignored: 'a build of another project' };
  if (!statuses.includes(status)) return { ignored: `a build that is ${status || 'in no state'}` };
  if (!isAccountId(account)) return { ignored: 'an event without the number of an account' };
  if (typeof build !== 'string') return { ignored: 'an event without a build' };
  return { happened: { account, phase, build, status } };
}
