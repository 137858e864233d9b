import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  StartBuildCommand,
  type CreateProjectCommandInput,
} from '@aws-sdk/client-codebuild';
import type { BuildBehaviour, BuildRun } from '#emulator/services/codebuild/build-behaviour.ts';
import { createCodeBuild, type CodeBuildOptions } from '#emulator/services/codebuild/create-codebuild.ts';
import { openSmallCloud } from './support-small-cloud.ts';

export const member = '200000000000';
export const role = `arn:aws:iam::${member}:role/SpaRoleForServerlessComputing`;
export const minute = 60_000;

export function openCloud(options: Partial<CodeBuildOptions> = {}) {
  const ran: BuildRun[] = [];
  const { behaviour = succeed } = options;
  const recorded: BuildBehaviour = (build) => {
    ran.push(build);
    return behaviour(build);
  };
  const cloud = openSmallCloud((platform) => [
    createCodeBuild(platform, { ...options, behaviour: recorded }).service,
  ]);
  cloud.trust(role);
  return { cloud, ran, codebuild: new CodeBuildClient(cloud.clientConfig(member)) };
}

export async function openWithProject({
  project,
  ...options
}: Partial<CodeBuildOptions> & { project?: Partial<CreateProjectCommandInput> } = {}) {
  const opened = openCloud(options);
  await opened.codebuild.send(new CreateProjectCommand({ ...aProject(), ...project }));
  return opened;
}

const succeed: BuildBehaviour = () => Promise.resolve({ status: 'SUCCEEDED' });

export function aProject(): CreateProjectCommandInput {
  return {
    name: 'SpaPurge',
    source: { type: 'NO_SOURCE', buildspec: 'version: 0.2' },
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: {
      type: 'LINUX_CONTAINER',
      image: 'aws/codebuild/amazonlinux-x86_64-standard:6.0',
      computeType: 'BUILD_GENERAL1_SMALL',
      environmentVariables: [
        { name: 'BUDGET', value: '200' },
        { name: 'MODE', value: '--dry-run' },
      ],
    },
    serviceRole: role,
    timeoutInMinutes: 480,
    concurrentBuildLimit: 1,
    tags: [{ key: 'origin', value: 'SustainablePersonalAccounts' }],
  };
}

export async function startOnce(codebuild: CodeBuildClient, token: string, event: string) {
  const { build } = await codebuild.send(
    new StartBuildCommand({
      projectName: 'SpaPurge',
      idempotencyToken: token,
      environmentVariablesOverride: [{ name: 'EVENT', value: event }],
    }),
  );
  return build?.id;
}

export async function onlyBuild(codebuild: CodeBuildClient, id: string | undefined) {
  const { builds } = await codebuild.send(new BatchGetBuildsCommand({ ids: [id ?? ''] }));
  return builds?.[0];
}
