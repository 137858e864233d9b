import type { Clock } from '#ports/clock.ts';
import type { SendWeb, WebCall, WebReply } from './send-web.ts';

const attempts = 5;
const firstPauseInMilliseconds = 1_000;
const longestPauseInMilliseconds = 30_000;
/** Channels take four messages a second; two functions may speak at the same time. */
const paceInMilliseconds = 500;

/** Names the channel and never its address, which is a secret. */
export class ChannelRefused extends Error {
  override readonly name = 'ChannelRefused';
  readonly channel: string;
  readonly reason: string;
  constructor(channel: string, reason: string) {
    super(`${channel} has refused a message (${reason}): check that its webhook or token is still good`);
    this.channel = channel;
    this.reason = reason;
  }
}

export type CallChannel = (call: WebCall) => Promise<WebReply>;

/** Calls at a pace that channels bear, and again after growing pauses when they are busy or away. Throws ChannelRefused. */
export function createChannelCalls(channel: string, send: SendWeb, clock: Clock): CallChannel {
  let nextAt = 0;

  async function inTurn(): Promise<void> {
    const now = clock.now().getTime();
    const wait = Math.max(0, nextAt - now);
    nextAt = now + wait + paceInMilliseconds;
    if (wait > 0) await clock.sleep(wait);
  }

  return async (call) => {
    for (let attempt = 1; ; attempt += 1) {
      await inTurn();
      const answer = await answerTo(call, send);
      if (typeof answer !== 'string' && answer.status < 300) return answer;
      const reason = typeof answer === 'string' ? answer : `status ${answer.status}`;
      const mayPass = typeof answer === 'string' || answer.status === 429 || answer.status >= 500;
      if (!mayPass || attempt === attempts) throw new ChannelRefused(channel, reason);
      await clock.sleep(pauseAfter(attempt, answer));
    }
  };
}

/** The answer, or why there is none: texts of faults may hold the address. */
async function answerTo(call: WebCall, send: SendWeb): Promise<WebReply | string> {
  try {
    return await send(call);
  } catch (fault) {
    const cause = fault instanceof Error ? (fault.cause ?? fault) : undefined;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
    return code ?? (fault instanceof Error ? fault.name : 'no answer');
  }
}

function pauseAfter(attempt: number, answer: WebReply | string): number {
  const asked = typeof answer === 'string' ? Number.NaN : Number(answer.header('retry-after') ?? Number.NaN);
  const pause =
    Number.isFinite(asked) && asked >= 0 ? asked * 1000 : firstPauseInMilliseconds * 2 ** (attempt - 1);
  return Math.min(pause, longestPauseInMilliseconds);
}
