import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { phaseOfProject } from '#domain/lifecycle.ts';
import type { HeldResource } from '#domain/purge/held-resource.ts';
import type { PurgeInstructions } from '#domain/purge/purge-build.ts';
import { purgeBuildVariables, purgePlanVariable } from '#domain/purge/purge-build.ts';
import type { Work } from '#emulator/clock.ts';
import { serve } from '#emulator/http-server.ts';
import type { HttpRequest, HttpResponse } from '#emulator/service.ts';
import type { BuildRun } from '#emulator/services/codebuild/build-behaviour.ts';
import type { FinalStatus } from '#emulator/services/codebuild/build-record.ts';
import { environmentOn, onMachine, runCommands, type Ended } from '#tests/purge/build-machine.ts';
import { curlStub, releaseOf, writeProgram } from '#tests/purge/stand-ins.ts';
import { tell, type Story } from '#tests/worlds.ts';
import type { WorldAccount } from '#local/world/world.ts';

const here = (name: string) => new URL(name, import.meta.url).pathname;

/** The stand-in for the engine, packed as its maintainer packs the engine. */
const release = releaseOf(`#!/bin/bash\nexec '${process.execPath}' '${here('engine-stand-in.ts')}' "$@"\n`);

/** A build that has run. */
export interface RealBuild extends Ended {
  readonly project: string;
}

/** A story whose builds run for real: their specification in a shell, the AWS command line over HTTP, their own role. */
export interface RealStory {
  readonly story: Story;
  readonly builds: readonly RealBuild[];
  /** What each account holds, as the engine sees it. */
  readonly held: Map<string, readonly HeldResource[]>;
  /** What builds wanted to know or do of which the local cloud has nothing: service and body of the request. */
  readonly beyond: readonly string[];
  close(): Promise<void>;
}

/** Requests of the purge that no service of the local cloud answers. */
function answerBeyond(service: string, request: HttpRequest): string | undefined {
  const operation = request.headers['x-amz-target'] ?? Buffer.from(request.body).toString();
  if (service === 'tagging' && operation.endsWith('.TagResources')) return '{"FailedResourcesMap":{}}';
  if (service === 'ec2' && operation.includes('Action=DescribeRegions'))
    return '<R><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></R>';
  return undefined;
}

const serviceOf = ({ headers }: HttpRequest) =>
  /Credential=([^,\s]+)/.exec(headers['authorization'] ?? '')?.[1]?.split('/')[3] ?? '';

/**
 * Opens a world in which builds run for real. The pinned engine is replaced by a stand-in of its own checksum; the
 * first purges download the given archives, whatever they are.
 */
export async function tellForReal(
  accounts: readonly WorldAccount[],
  given: Parameters<typeof tell>[1],
  archives: Buffer[] = [],
): Promise<RealStory> {
  const commandLine = await preloadCommandLine();
  const builds: RealBuild[] = [];
  const beyond: string[] = [];
  const held = new Map<string, readonly HeldResource[]>();
  let working: Work | undefined;

  const server = await serve(0, async (request): Promise<HttpResponse> => {
    // What is due at once (stacks, events) is done before the next answer, so that nobody polls in real time.
    await working?.sleep(100);
    const service = serviceOf(request);
    const answer = answerBeyond(service, request);
    if (answer === undefined) return story.cloud.answer(request, 'client');
    beyond.push(`${service} ${Buffer.from(request.body).toString()}`);
    return { status: 200, headers: {}, body: answer };
  });

  async function run(build: BuildRun): Promise<FinalStatus> {
    working = build.work;
    const { account, project } = build;
    const isPurge = phaseOfProject(project) === 'purge';
    const ended = await onMachine(async (home) => {
      const resources = join(home, 'resources.json');
      writeFileSync(resources, JSON.stringify(held.get(account) ?? []));
      writeFileSync(join(home, 'engine.tar.gz'), (isPurge ? archives.shift() : undefined) ?? release.archive);
      writeProgram(join(home, 'bin/curl'), curlStub);
      if (commandLine) writeProgram(join(home, 'bin/aws'), commandLine.program);
      const env = {
        ...environmentOn(home, withStandIn(build.environment)),
        ...accessOf(build, server.port),
        STUBS: home,
        RESOURCES: resources,
        ACCOUNT: account,
        NOW: `${story.cloud.clock.now()}`,
      };
      const ended = await runCommands(build.buildspec, home, env);
      held.set(account, JSON.parse(readFileSync(resources, 'utf8')) as readonly HeldResource[]);
      return ended;
    });
    builds.push({ project, ...ended });
    return ended.status === 0 ? 'SUCCEEDED' : 'FAILED';
  }

  const story = await tell(accounts, { ...given, builds: run });
  const close = async () => {
    commandLine?.stop();
    await server.close();
  };
  return { story, builds, held, beyond, close };
}

/** How a build reaches the local cloud: as CodeBuild lets it reach AWS, with the credentials of its role. */
const accessOf = ({ region, credentials }: BuildRun, port: number) => ({
  AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
});

/**
 * The AWS command line takes 0.4 s to start and 0.1 s for a call. Where it is written in Python, as version 1 is, it is
 * started once, and `program` stands for `aws`; undefined elsewhere, and where there is no Linux.
 */
async function preloadCommandLine(): Promise<{ readonly program: string; stop(): void } | undefined> {
  if (!existsSync('/proc/self/environ')) return undefined;
  const server = spawn('python3', [here('aws-server.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const port = await new Promise<string>((resolve) => {
    server.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    server.once('error', () => resolve(''));
    server.once('exit', () => resolve(''));
  });
  if (port === '') return undefined;
  const program = `#!/bin/bash
exec 3<> /dev/tcp/127.0.0.1/${port}
echo "$$" >&3
read -r status <&3
exit "$status"
`;
  return { program, stop: () => void server.stdin.end() };
}

/** The plan of a purge, with the stand-in in place of the engine. */
function withStandIn(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const plan = variables[purgePlanVariable];
  if (plan === undefined) return variables;
  const told = JSON.parse(gunzipSync(Buffer.from(plan, 'base64')).toString()) as PurgeInstructions;
  return { ...variables, ...purgeBuildVariables({ ...told, engine: release.engine }) };
}
