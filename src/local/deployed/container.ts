import { Worker } from 'node:worker_threads';
import type { HttpResponse } from '#emulator/service.ts';
import { FunctionTimedOut, type InvocationContext } from '#emulator/services/lambda/function-behaviour.ts';
import { computedTooLong, FunctionFailed, goneDown, longestComputingInSeconds } from './function-failed.ts';
import { lambdaContext, type Image } from './image.ts';
import type { ContainerData, FromContainer, ToContainer } from './inside/messages.ts';

export type ContainerRequest = Extract<FromContainer, { kind: 'request' }>;

/** What surrounds a container. */
export interface Host {
  /** Milliseconds since the epoch, in simulated time. */
  readonly now: () => number;
  readonly write: (line: string) => void;
  /** Answers a call over the network. Rejects where nobody does. */
  readonly answer: (request: ContainerRequest, context: InvocationContext) => Promise<HttpResponse>;
}

/** A thread that runs one function, one invocation at a time, in simulated time; the clock stands still while it computes. */
export interface Container {
  run(event: unknown, context: InvocationContext): Promise<unknown>;
  isAlive(): boolean;
  dispose(): Promise<void>;
}

/** Nothing is handed over: what is copied is small, and others may read it. */
const copiedWhole: readonly never[] = [];

interface Running {
  readonly context: InvocationContext;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (fault: unknown) => void;
}

/** Opens a container; its code is loaded meanwhile, and what goes wrong with that is told to the first invocation. */
export function openContainer(image: Image, host: Host): Container {
  const worker = startWorker(image, host);
  let running: Running | undefined;
  let isAlive = true;
  let guard: NodeJS.Timeout | undefined;

  function stopGuard(): void {
    clearTimeout(guard);
  }

  function startGuard(): void {
    stopGuard();
    guard = setTimeout(() => fail(computedTooLong()), longestComputingInSeconds * 1000);
  }

  /** Time passes in there by message: each tells what time it is on the machine of the invocation. */
  function post(context: InvocationContext, message: Untimed): void {
    if (!isAlive) return;
    if (running) startGuard();
    const timed = { ...message, now: host.now() + context.clockOffset } satisfies ToContainer;
    worker.postMessage(timed, copiedWhole);
  }

  function end(settle: (running: Running) => void): void {
    const ended = running;
    running = undefined;
    stopGuard();
    // An idle container keeps nobody waiting.
    worker.unref();
    if (ended) settle(ended);
  }

  function fail(fault: unknown): void {
    isAlive = false;
    end(({ reject }) => reject(fault));
    void worker.terminate();
  }

  async function sleep(until: number, sleeper: Running): Promise<void> {
    const { context } = sleeper;
    stopGuard();
    try {
      await context.work.sleep(Math.max(0, until - context.clockOffset - host.now()));
      post(context, { kind: 'awake' });
    } catch (fault) {
      // Lambda stops what runs into its timeout, wherever it is.
      if (running === sleeper) fail(fault);
    }
  }

  async function answer(request: ContainerRequest, context: InvocationContext): Promise<void> {
    const { id } = request;
    stopGuard();
    try {
      if (!(await passes(context))) return fail(undefined);
      const { status, headers, body } = await host.answer(request, context);
      if (!(await passes(context))) return fail(undefined);
      // Of its own size: a message takes along the whole buffer that a body is a part of.
      post(context, { kind: 'answer', id, status, headers, body: new Uint8Array(Buffer.from(body)) });
    } catch (fault) {
      if (fault instanceof FunctionTimedOut) return fail(fault);
      const reason = fault instanceof Error ? fault.message : String(fault);
      post(context, { kind: 'unanswered', id, reason });
    }
  }

  worker.on('message', (message: FromContainer) => {
    if (message.kind === 'line') return host.write(message.text);
    if (!running) return undefined;
    switch (message.kind) {
      case 'request':
        return void answer(message, running.context);
      case 'asleep':
        return void sleep(message.until, running);
      case 'done':
        return end(({ resolve }) => resolve(JSON.parse(message.payload)));
      case 'failed':
        return end(({ reject }) => reject(new FunctionFailed(message.error)));
    }
  });
  worker.on('error', (fault) => fail(goneDown(fault.message)));
  worker.on('exit', (status) => fail(goneDown(`exit status ${status}`)));

  return {
    isAlive: () => isAlive,
    async dispose() {
      isAlive = false;
      stopGuard();
      await worker.terminate();
    },
    run: (event, context) =>
      new Promise((resolve, reject) => {
        running = { context, resolve, reject };
        worker.ref();
        const told = lambdaContext(context, image);
        post(context, { kind: 'invoke', event: JSON.stringify(event), context: told });
      }),
  };
}

type Untimed = ToContainer extends infer Message
  ? Message extends ToContainer
    ? Omit<Message, 'now'>
    : never
  : never;

function startWorker({ program, file, handler, variables, memoryInMegabytes }: Image, { now }: Host): Worker {
  return new Worker(program, {
    eval: true,
    env: { ...variables },
    workerData: { file, handler, now: now() } satisfies ContainerData,
    resourceLimits: { maxOldGenerationSizeMb: memoryInMegabytes },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
}

/** Whether the machine lives on: a dead one never comes back from a checkpoint. */
function passes({ checkpoint }: InvocationContext): Promise<boolean> {
  return Promise.race([
    checkpoint().then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ]);
}
