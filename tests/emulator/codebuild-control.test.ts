import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  ListBuildsCommand,
  ListBuildsForProjectCommand,
  RetryBuildCommand,
  StartBuildCommand,
  StopBuildCommand,
} from '@aws-sdk/client-codebuild';
import { describe, expect, it } from 'vitest';
import { member, minute, onlyBuild, openWithProject, startOnce } from './support-codebuild.ts';
import { opensAt } from './support-small-cloud.ts';

describe('when a start is repeated', () => {
  it('answers the same token with the same build for five minutes, even at the limit of builds', async () => {
    const { cloud, codebuild } = await openWithProject();
    const start = () => startOnce(codebuild, 'event-1', '1');

    const first = await start();
    const atOnce = await start();
    await cloud.clock.runUntilIdle(opensAt + 5 * minute - 1);
    const again = await start();
    await cloud.clock.runUntilIdle(opensAt + 5 * minute);
    const later = await start();

    expect([atOnce, again]).toEqual([first, first]);
    expect(later).not.toBe(first);
  });

  it('refuses the same token for another request', async () => {
    const { codebuild } = await openWithProject();
    await startOnce(codebuild, 'event-1', '1');

    await expect(startOnce(codebuild, 'event-1', '2')).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });

  it('refuses a further build beyond the limit of the project until the first has ended', async () => {
    const { cloud, codebuild } = await openWithProject();
    await startOnce(codebuild, 'event-1', '1');

    await expect(startOnce(codebuild, 'event-2', '1')).rejects.toMatchObject({
      name: 'AccountLimitExceededException',
    });
    await cloud.clock.runUntilIdle();
    await expect(startOnce(codebuild, 'event-2', '1')).resolves.toBeDefined();
  });

  it('refuses every build in an account whose quota is 0', async () => {
    const { codebuild } = await openWithProject({ concurrencyQuota: () => 0 });

    await expect(startOnce(codebuild, 'event-1', '1')).rejects.toMatchObject({
      name: 'AccountLimitExceededException',
      message: 'Cannot have more than 0 builds in queue for the account',
    });
  });
});

describe('when a build is stopped or retried', () => {
  it('ends as STOPPED at once, and its behaviour never runs', async () => {
    const { cloud, codebuild, ran } = await openWithProject();
    const { build } = await codebuild.send(new StartBuildCommand({ projectName: 'SpaPurge' }));

    const stopped = await codebuild.send(new StopBuildCommand({ id: build?.id }));
    await cloud.clock.runUntilIdle();
    const again = await codebuild.send(new StopBuildCommand({ id: build?.id }));

    expect(stopped.build).toMatchObject({ buildStatus: 'STOPPED', endTime: new Date(opensAt) });
    expect(again.build).toEqual(stopped.build);
    expect(ran).toEqual([]);
    expect(cloud.events.map(({ detail }) => detail)).toMatchObject([
      { 'build-status': 'IN_PROGRESS' },
      { 'build-status': 'STOPPED' },
    ]);
  });

  it('is started again with the variables of the first', async () => {
    const { cloud, codebuild, ran } = await openWithProject();
    const first = await startOnce(codebuild, 'event-1', '7');
    await cloud.clock.runUntilIdle();

    const { build } = await codebuild.send(new RetryBuildCommand({ id: first }));
    await cloud.clock.runUntilIdle();

    expect(build).toMatchObject({ buildNumber: 2, projectName: 'SpaPurge' });
    expect(ran.map(({ environment }) => environment['EVENT'])).toEqual(['7', '7']);
  });

  it('retries by itself as often as the project says', async () => {
    const { cloud, codebuild, ran } = await openWithProject({
      behaviour: () => Promise.resolve({ status: 'FAILED' }),
      project: { autoRetryLimit: 2 },
    });

    const { build } = await codebuild.send(new StartBuildCommand({ projectName: 'SpaPurge' }));
    await cloud.clock.runUntilIdle();
    const { ids } = await codebuild.send(new ListBuildsForProjectCommand({ projectName: 'SpaPurge' }));

    expect(ran).toHaveLength(3);
    expect(await onlyBuild(codebuild, build?.id)).toMatchObject({
      autoRetryConfig: {
        autoRetryLimit: 2,
        autoRetryNumber: 0,
        nextAutoRetry: expect.stringContaining(ids?.[1] ?? '?'),
      },
    });
  });

  it('is not found when it never was', async () => {
    const { codebuild } = await openWithProject();

    await expect(codebuild.send(new StopBuildCommand({ id: 'SpaPurge:none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(codebuild.send(new StopBuildCommand({ id: 'none' }))).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });
});

describe('when builds are listed', () => {
  it('gives the newest first, a hundred a page, by account and region', async () => {
    const { cloud, codebuild } = await openWithProject({ buildSeconds: 0 });
    const started: (string | undefined)[] = [];
    for (let index = 0; index < 101; index += 1) {
      started.unshift(await startOnce(codebuild, `event-${index}`, '1'));
      await cloud.clock.runUntilIdle();
    }

    const first = await codebuild.send(new ListBuildsForProjectCommand({ projectName: 'SpaPurge' }));
    const second = await codebuild.send(
      new ListBuildsForProjectCommand({ projectName: 'SpaPurge', nextToken: first.nextToken }),
    );
    const oldest = await codebuild.send(new ListBuildsCommand({ sortOrder: 'ASCENDING' }));
    const elsewhere = await new CodeBuildClient(cloud.clientConfig(member, 'us-east-1')).send(
      new ListBuildsCommand({}),
    );

    expect([...(first.ids ?? []), ...(second.ids ?? [])]).toEqual(started);
    expect(oldest.ids?.[0]).toBe(started.at(-1));
    expect(elsewhere.ids).toEqual([]);
  });

  it('asks for permission on the projects of the builds', async () => {
    const { cloud, codebuild } = await openWithProject();

    await codebuild.send(new BatchGetBuildsCommand({ ids: ['SpaPurge:1', 'SpaPurge:2'] }));

    expect(cloud.asked.at(-1)).toMatchObject({
      action: 'codebuild:BatchGetBuilds',
      resource: [`arn:aws:codebuild:eu-west-1:${member}:project/SpaPurge`],
    });
  });
});
