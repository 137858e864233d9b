import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accountId } from '#domain/account.ts';
import type { HttpResponse } from '#emulator/service.ts';
import { FunctionTimedOut, type InvocationContext } from '#emulator/services/lambda/function-behaviour.ts';
import { containerProgram } from '#local/deployed/container-program.ts';
import { openContainer, type Container, type ContainerRequest } from '#local/deployed/container.ts';

export const opensAt = Date.parse('2026-11-22T12:00:00Z');

interface Surroundings {
  readonly variables?: Readonly<Record<string, string>>;
  readonly memoryInMegabytes?: number;
  readonly timeoutInSeconds?: number;
  readonly answer?: (request: ContainerRequest) => Promise<HttpResponse>;
  readonly checkpoint?: () => Promise<void>;
}

/** A container with code of its own on a clock that moves by sleeps alone; it tells what it has seen. */
export interface TestContainer extends Container {
  readonly lines: readonly string[];
  readonly requests: readonly ContainerRequest[];
  /** Milliseconds of simulated time since it was opened. */
  passed(): number;
  invoke(event?: unknown): Promise<unknown>;
}

const folders: string[] = [];
const containers: Container[] = [];

export async function containerOf(code: string, surroundings: Surroundings = {}): Promise<TestContainer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'spa-container-'));
  folders.push(folder);
  const file = path.join(folder, 'index.mjs');
  writeFileSync(file, code);
  const { variables = {}, memoryInMegabytes = 256, timeoutInSeconds = 60 } = surroundings;
  const lines: string[] = [];
  const requests: ContainerRequest[] = [];
  let now = opensAt;
  const program = await containerProgram();
  const container = openContainer(
    { program, file, handler: 'handler', memoryInMegabytes, logGroup: 'log', variables },
    {
      now: () => now,
      write: (line) => void lines.push(line),
      async answer(request) {
        requests.push(request);
        const reply = { status: 200, headers: { 'x-told': 'yes' }, body: 'answer' };
        return (await surroundings.answer?.(request)) ?? reply;
      },
    },
  );
  containers.push(container);
  const context = (): InvocationContext => ({
    functionName: 'worker',
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:worker',
    awsRequestId: 'request',
    account: accountId('123456789012'),
    region: 'eu-west-1',
    environment: variables,
    revision: '1',
    credentials: { accessKeyId: '', secretAccessKey: '', sessionToken: '', expiration: new Date(0) },
    work: { sleep: sleepUntil(now + timeoutInSeconds * 1000) },
    deadline: now + timeoutInSeconds * 1000,
    checkpoint: surroundings.checkpoint ?? (async () => {}),
    clockOffset: 0,
  });
  const sleepUntil = (deadline: number) => async (milliseconds: number) => {
    const isOver = now + milliseconds > deadline;
    now = isOver ? deadline : now + milliseconds;
    if (isOver) throw new FunctionTimedOut(timeoutInSeconds);
  };
  return {
    ...container,
    lines,
    requests,
    passed: () => now - opensAt,
    invoke: (event = {}) => container.run(event, context()),
  };
}

/** Ends all containers of a test. */
export async function endContainers(): Promise<void> {
  await Promise.all(containers.splice(0).map((container) => container.dispose()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}
