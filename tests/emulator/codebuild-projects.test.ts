import {
  BatchGetProjectsCommand,
  CreateProjectCommand,
  DeleteProjectCommand,
  ListProjectsCommand,
  UpdateProjectCommand,
  type CreateProjectCommandInput,
} from '@aws-sdk/client-codebuild';
import { describe, expect, it } from 'vitest';
import { aProject, member, minute, openCloud, role } from './support-codebuild.ts';
import { opensAt } from './support-small-cloud.ts';

describe('when a project is created', () => {
  it('shows what was given, and the defaults of AWS', async () => {
    const { codebuild } = openCloud();

    await codebuild.send(new CreateProjectCommand(aProject()));
    const { projects } = await codebuild.send(new BatchGetProjectsCommand({ names: ['SpaPurge'] }));

    expect(projects).toEqual([
      expect.objectContaining({
        name: 'SpaPurge',
        arn: `arn:aws:codebuild:eu-west-1:${member}:project/SpaPurge`,
        serviceRole: role,
        timeoutInMinutes: 480,
        queuedTimeoutInMinutes: 480,
        concurrentBuildLimit: 1,
        created: new Date(opensAt),
        tags: [{ key: 'origin', value: 'SustainablePersonalAccounts' }],
      }),
    ]);
    expect(projects?.[0]?.environment?.environmentVariables).toEqual([
      { name: 'BUDGET', value: '200', type: 'PLAINTEXT' },
      { name: 'MODE', value: '--dry-run', type: 'PLAINTEXT' },
    ]);
  });

  it('refuses a second one of that name', async () => {
    const { codebuild } = openCloud();
    await codebuild.send(new CreateProjectCommand(aProject()));

    const again = codebuild.send(new CreateProjectCommand(aProject()));

    await expect(again).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });

  it('waits for a role that CodeBuild can take on', async () => {
    const { cloud, codebuild } = openCloud();
    cloud.distrust(role);

    const tooEarly = codebuild.send(new CreateProjectCommand(aProject()));
    await expect(tooEarly).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining(
        'CodeBuild is not authorized to perform: sts:AssumeRole on service role',
      ),
    });

    cloud.trust(role);
    await expect(codebuild.send(new CreateProjectCommand(aProject()))).resolves.toBeDefined();
  });

  it('asks for the project, and for passing the role to CodeBuild', async () => {
    const { cloud, codebuild } = openCloud();

    await codebuild.send(new CreateProjectCommand(aProject()));

    expect(cloud.asked).toEqual([
      expect.objectContaining({
        action: 'codebuild:CreateProject',
        resource: [`arn:aws:codebuild:eu-west-1:${member}:project/SpaPurge`],
      }),
      expect.objectContaining({
        action: 'iam:PassRole',
        resource: role,
        context: { 'iam:PassedToService': 'codebuild.amazonaws.com' },
      }),
    ]);
  });

  it('refuses a role of another account, be it trusting', async () => {
    const { cloud, codebuild } = openCloud();
    const foreign = 'arn:aws:iam::999999999999:role/Any';
    cloud.trust(foreign);

    const creation = codebuild.send(new CreateProjectCommand({ ...aProject(), serviceRole: foreign }));

    await expect(creation).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining('Service role account ID'),
    });
  });

  it.each<[string, Partial<CreateProjectCommandInput>, string]>([
    ['a malformed name', { name: '-no' }, 'InvalidInputException'],
    ['no buildspec', { source: { type: 'NO_SOURCE' } }, 'InvalidInputException'],
    ['a timeout of 4 minutes', { timeoutInMinutes: 4 }, 'InvalidInputException'],
    ['a timeout of 2161 minutes', { timeoutInMinutes: 2161 }, 'InvalidInputException'],
    ['no build at a time', { concurrentBuildLimit: 0 }, 'InvalidInputException'],
    ['a reserved tag', { tags: [{ key: 'aws:origin', value: 'x' }] }, 'InvalidInputException'],
    ['a source it can not fetch', { source: { type: 'GITHUB', location: 'https://x' } }, 'NotImplemented'],
    ['a network', { vpcConfig: { vpcId: 'vpc-1' } }, 'NotImplemented'],
  ])('refuses %s', async (_, difference, name) => {
    const { codebuild } = openCloud();

    const creation = codebuild.send(new CreateProjectCommand({ ...aProject(), ...difference }));

    await expect(creation).rejects.toMatchObject({ name });
  });
});

describe('when a project is updated', () => {
  it('changes what is given, and nothing else', async () => {
    const { cloud, codebuild } = openCloud();
    await codebuild.send(new CreateProjectCommand(aProject()));
    await cloud.clock.runUntilIdle(opensAt + minute);

    await codebuild.send(new UpdateProjectCommand({ name: 'SpaPurge', timeoutInMinutes: 30 }));
    const { projects } = await codebuild.send(new BatchGetProjectsCommand({ names: ['SpaPurge', 'Other'] }));

    expect(projects?.[0]).toMatchObject({
      timeoutInMinutes: 30,
      concurrentBuildLimit: 1,
      source: aProject().source,
      created: new Date(opensAt),
      lastModified: new Date(opensAt + minute),
    });
  });

  it('lifts the limit of builds with -1', async () => {
    const { codebuild } = openCloud();
    await codebuild.send(new CreateProjectCommand(aProject()));

    const { project } = await codebuild.send(
      new UpdateProjectCommand({ name: 'SpaPurge', concurrentBuildLimit: -1 }),
    );

    expect(project).not.toHaveProperty('concurrentBuildLimit');
  });

  it('is not found when it is not there, nor after it was deleted', async () => {
    const { codebuild } = openCloud();
    await codebuild.send(new CreateProjectCommand(aProject()));
    await codebuild.send(new DeleteProjectCommand({ name: 'SpaPurge' }));

    const update = codebuild.send(new UpdateProjectCommand({ name: 'SpaPurge' }));
    const look = await codebuild.send(new BatchGetProjectsCommand({ names: ['SpaPurge'] }));

    await expect(update).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(look).toMatchObject({ projects: [], projectsNotFound: ['SpaPurge'] });
  });
});

describe('when projects are listed', () => {
  it('gives a hundred a page, in the order asked for', async () => {
    const { codebuild } = openCloud();
    for (let index = 0; index < 101; index += 1) {
      await codebuild.send(
        new CreateProjectCommand({ ...aProject(), name: `P${String(index).padStart(3, '0')}` }),
      );
    }

    const first = await codebuild.send(new ListProjectsCommand({ sortBy: 'CREATED_TIME' }));
    const second = await codebuild.send(
      new ListProjectsCommand({ sortBy: 'CREATED_TIME', nextToken: first.nextToken }),
    );
    const lastName = await codebuild.send(new ListProjectsCommand({ sortOrder: 'DESCENDING' }));

    expect(first.projects).toHaveLength(100);
    expect(second).toMatchObject({ projects: ['P100'] });
    expect(lastName.projects?.[0]).toBe('P100');
    await expect(codebuild.send(new ListProjectsCommand({ nextToken: 'no' }))).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });
});
