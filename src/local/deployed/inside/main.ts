import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { ContainerData, FromContainer, FunctionError, LambdaContext, ToContainer } from './messages.ts';
import { installVirtualNetwork, type Answer } from './virtual-network.ts';
import { installVirtualTime } from './virtual-time.ts';

// What runs inside a container: the code of one function, in simulated time, with the host for all its network.

type Handler = (event: unknown, context: unknown) => unknown;

const { file, handler: handlerName, now } = workerData as ContainerData;
const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (fault: Error) => void }>();
const post = (message: FromContainer) => parentPort?.postMessage(message, []);
let requests = 0;
let isInvoked = false;
let isLooking = false;

const time = installVirtualTime(now, look);
installVirtualNetwork(
  (exchange) =>
    new Promise((resolve, reject) => {
      const id = (requests += 1);
      waiting.set(id, { resolve, reject });
      post({ kind: 'request', id, ...exchange });
    }),
);
installLog();
const loading = load();
// A function that cannot be loaded says so when it is invoked.
loading.catch(() => {});

parentPort?.on('message', (message: ToContainer) => {
  time.set(message.now);
  switch (message.kind) {
    case 'invoke':
      breakConnections();
      void invoke(JSON.parse(message.event), message.context);
      break;
    case 'answer':
      take(message.id)?.resolve(message);
      break;
    case 'unanswered':
      take(message.id)?.reject(new Error(message.reason));
      break;
    case 'awake':
      time.runDue();
  }
  look();
});

function take(id: number) {
  const entry = waiting.get(id);
  waiting.delete(id);
  return entry;
}

/** Calls that nobody awaited do not live through the time for which a container was frozen. */
function breakConnections(): void {
  for (const { reject } of waiting.values()) reject(new Error('The connection was reset'));
  waiting.clear();
}

/** Looks, once everything that can run has run, whether all that is left is to wait for a timer. */
function look(): void {
  if (isLooking) return;
  isLooking = true;
  setImmediate(() => setImmediate(sleepIfIdle));
}

function sleepIfIdle(): void {
  isLooking = false;
  const until = time.next();
  if (!isInvoked || waiting.size > 0 || until === undefined) return;
  if (process.getActiveResourcesInfo().includes('FSReqCallback')) return look();
  post({ kind: 'asleep', until });
}

async function load(): Promise<Handler> {
  const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
  const handler = exported[handlerName];
  if (typeof handler === 'function') return handler as Handler;
  throw Object.assign(new Error(`${handlerName} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
}

async function invoke(event: unknown, { deadline, ...context }: LambdaContext): Promise<void> {
  isInvoked = true;
  const getRemainingTimeInMillis = () => deadline - Date.now();
  try {
    const handler = await loading;
    const answer: unknown = await handler(event, { ...context, getRemainingTimeInMillis });
    end({ kind: 'done', payload: JSON.stringify(answer) ?? 'null' });
  } catch (fault) {
    end({ kind: 'failed', error: errorFrom(fault) });
  }
}

/** Between two invocations a container is frozen. */
function end(message: FromContainer): void {
  isInvoked = false;
  post(message);
}

function errorFrom(fault: unknown): FunctionError {
  if (!(fault instanceof Error)) return { errorType: typeof fault, errorMessage: String(fault), trace: [] };
  return {
    errorType: fault.name,
    errorMessage: fault.message,
    trace: fault.stack?.split('\n') ?? [],
  };
}

/** Every line that is written goes to the host, in order with everything else. */
function installLog(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array, ...given: unknown[]) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      for (const line of text.replace(/\n$/, '').split('\n')) post({ kind: 'line', text: line });
      const written = given.find((one) => typeof one === 'function') as (() => void) | undefined;
      written?.();
      return true;
    };
  }
}
