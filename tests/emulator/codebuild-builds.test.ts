import {
  BatchGetBuildsCommand,
  StartBuildCommand,
  type StartBuildCommandInput,
} from '@aws-sdk/client-codebuild';
import { describe, expect, it } from 'vitest';
import { timeText } from '#emulator/services/codebuild/build-event.ts';
import { aProject, member, minute, onlyBuild, openWithProject, role } from './support-codebuild.ts';
import { opensAt } from './support-small-cloud.ts';

describe('when a build is started', () => {
  it('takes its simulated time, and runs its behaviour at the end', async () => {
    const { cloud, codebuild, ran } = await openWithProject();

    const { build } = await codebuild.send(new StartBuildCommand({ projectName: 'SpaPurge' }));
    await cloud.clock.runUntilIdle(opensAt + minute - 1);
    const before = ran.length;
    await cloud.clock.runUntilIdle();
    const after = await onlyBuild(codebuild, build?.id);

    expect(build).toMatchObject({ buildStatus: 'IN_PROGRESS', currentPhase: 'QUEUED', buildComplete: false });
    expect([before, ran.length]).toEqual([0, 1]);
    expect(after).toMatchObject({
      arn: `arn:aws:codebuild:eu-west-1:${member}:build/${build?.id}`,
      buildNumber: 1,
      buildStatus: 'SUCCEEDED',
      currentPhase: 'COMPLETED',
      buildComplete: true,
      startTime: new Date(opensAt),
      endTime: new Date(opensAt + minute),
      initiator: 'SpaRole/SPA-session',
      source: aProject().source,
      logs: { groupName: '/aws/codebuild/SpaPurge', streamName: build?.id?.split(':')[1] },
    });
    expect(after?.phases?.map(({ phaseType }) => phaseType).join(' ')).toBe(
      'SUBMITTED QUEUED PROVISIONING DOWNLOAD_SOURCE INSTALL PRE_BUILD BUILD POST_BUILD UPLOAD_ARTIFACTS ' +
        'FINALIZING COMPLETED',
    );
  });

  it('gives the behaviour the variables, the buildspec and the credentials of its role', async () => {
    const { cloud, codebuild, ran } = await openWithProject();

    const { build } = await codebuild.send(
      new StartBuildCommand({
        projectName: 'SpaPurge',
        environmentVariablesOverride: [
          { name: 'MODE', value: '--force' },
          { name: 'EXTRA', value: '1' },
        ],
        buildspecOverride: 'version: 0.2 # of this build',
      }),
    );
    await cloud.clock.runUntilIdle();

    expect(ran[0]).toMatchObject({
      account: member,
      region: 'eu-west-1',
      project: 'SpaPurge',
      id: build?.id,
      environment: { BUDGET: '200', MODE: '--force', EXTRA: '1' },
      buildspec: 'version: 0.2 # of this build',
      credentials: { sessionToken: `${role} AWSCodeBuild-${build?.id?.split(':')[1]}` },
    });
  });

  it('tells of its start and of its end in the form of CodeBuild', async () => {
    const { cloud, codebuild } = await openWithProject();

    const { build } = await codebuild.send(new StartBuildCommand({ projectName: 'SpaPurge' }));
    await cloud.clock.runUntilIdle();

    const arn = `arn:aws:codebuild:eu-west-1:${member}:build/${build?.id}`;
    expect(cloud.events.map((event) => ({ ...event, detail: 'as below' }))).toEqual(
      Array.from({ length: 2 }, () => ({
        account: member,
        region: 'eu-west-1',
        source: 'aws.codebuild',
        detailType: 'CodeBuild Build State Change',
        resources: [arn],
        detail: 'as below',
      })),
    );
    expect(cloud.events.map(({ detail }) => detail)).toMatchObject([
      {
        'build-status': 'IN_PROGRESS',
        'project-name': 'SpaPurge',
        'build-id': arn,
        'current-phase': 'SUBMITTED',
        'current-phase-context': '[]',
        version: '1',
        'additional-information': { 'build-complete': false, 'build-start-time': 'Nov 22, 2026 9:00:00 AM' },
      },
      {
        'build-status': 'SUCCEEDED',
        'project-name': 'SpaPurge',
        'build-id': arn,
        'current-phase': 'COMPLETED',
        'current-phase-context': '[]',
        version: '1',
        'additional-information': {
          'build-number': 1,
          'build-complete': true,
          'timeout-in-minutes': 480,
          'queued-timeout-in-minutes': 480,
          initiator: 'SpaRole/SPA-session',
          source: { buildspec: 'version: 0.2', type: 'NO_SOURCE' },
          environment: {
            image: 'aws/codebuild/amazonlinux-x86_64-standard:6.0',
            'compute-type': 'BUILD_GENERAL1_SMALL',
            type: 'LINUX_CONTAINER',
            'privileged-mode': false,
            'environment-variables': [
              { name: 'BUDGET', value: '200', type: 'PLAINTEXT' },
              { name: 'MODE', value: '--dry-run', type: 'PLAINTEXT' },
            ],
          },
          logs: { 'group-name': '/aws/codebuild/SpaPurge' },
        },
      },
    ]);
  });

  it.each([
    ['2026-11-22T00:05:09Z', 'Nov 22, 2026 12:05:09 AM'],
    ['2026-01-01T12:00:00Z', 'Jan 1, 2026 12:00:00 PM'],
    ['2026-01-01T23:59:59.999Z', 'Jan 1, 2026 11:59:59 PM'],
  ])('writes %s as %s', (time, text) => {
    expect(timeText(Date.parse(time))).toBe(text);
  });

  it('fails with the reason that its behaviour gives or throws', async () => {
    const { cloud, codebuild } = await openWithProject({
      behaviour: () => Promise.reject(new Error('exit status 3')),
    });

    const { build } = await codebuild.send(new StartBuildCommand({ projectName: 'SpaPurge' }));
    await cloud.clock.runUntilIdle();
    const failed = await onlyBuild(codebuild, build?.id);

    expect(failed).toMatchObject({ buildStatus: 'FAILED', buildComplete: true });
    expect(failed?.phases?.find(({ phaseType }) => phaseType === 'BUILD')).toMatchObject({
      phaseStatus: 'FAILED',
      contexts: [{ statusCode: 'COMMAND_EXECUTION_ERROR', message: 'exit status 3' }],
    });
    expect(cloud.events[1]?.detail).toMatchObject({ 'build-status': 'FAILED' });
  });

  it('ends at once when builds take no time', async () => {
    const { cloud, codebuild } = await openWithProject({ buildSeconds: 0 });

    const { build } = await codebuild.send(new StartBuildCommand({ projectName: 'SpaPurge' }));
    await cloud.clock.runUntilIdle();

    expect(cloud.clock.now()).toBe(opensAt);
    expect(await onlyBuild(codebuild, build?.id)).toMatchObject({ buildStatus: 'SUCCEEDED' });
  });

  it('times out before its end, or while its behaviour waits', async () => {
    const slow = await openWithProject({ buildSeconds: 3600 });
    const waiting = await openWithProject({
      behaviour: async ({ work }) => {
        await work.sleep(60 * minute);
        return { status: 'SUCCEEDED' };
      },
    });

    for (const { cloud, codebuild } of [slow, waiting]) {
      const { build } = await codebuild.send(
        new StartBuildCommand({ projectName: 'SpaPurge', timeoutInMinutesOverride: 5 }),
      );
      await cloud.clock.runUntilIdle();

      expect(await onlyBuild(codebuild, build?.id)).toMatchObject({
        buildStatus: 'TIMED_OUT',
        endTime: new Date(opensAt + 5 * minute),
      });
      expect(cloud.events).toHaveLength(2);
    }
  });

  it('needs a project, a role and a sound request', async () => {
    const { cloud, codebuild } = await openWithProject();
    const start = (input: Partial<StartBuildCommandInput>) =>
      codebuild.send(new StartBuildCommand({ projectName: 'SpaPurge', ...input }));

    await expect(start({ projectName: 'Other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(start({ timeoutInMinutesOverride: 4 })).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
    await expect(start({ imageOverride: 'other' })).rejects.toMatchObject({ name: 'NotImplemented' });
    cloud.distrust(role);
    await expect(start({})).rejects.toMatchObject({ name: 'InvalidInputException' });
    expect(cloud.events).toEqual([]);
  });

  it('leaves no trace of an account that is closed meanwhile', async () => {
    const { cloud, codebuild, ran } = await openWithProject();
    const { build } = await codebuild.send(new StartBuildCommand({ projectName: 'SpaPurge' }));

    cloud.close(member);
    await cloud.clock.runUntilIdle();

    expect(ran).toEqual([]);
    expect(cloud.events).toHaveLength(1);
    const look = await codebuild.send(new BatchGetBuildsCommand({ ids: [build?.id ?? ''] }));
    expect(look).toMatchObject({ builds: [], buildsNotFound: [build?.id] });
  });
});
