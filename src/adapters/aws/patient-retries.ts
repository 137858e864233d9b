import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import type { Clock } from '#ports/clock.ts';

const attemptsInAll = 9;
const longestPauseInMilliseconds = 20_000;
const firstPauseInMilliseconds = { throttled: 500, otherwise: 100 } as const;

/** What retries depend on besides time. */
export interface Circumstances {
  readonly random?: (() => number) | undefined;
  readonly onThrottled?: (() => void) | undefined;
}

/**
 * Retries with full jitter, as the SDK's own strategy does, but asleep on our clock and for longer: Organizations takes
 * four tag writes a second from everybody, so that a caller may have to wait for its turn.
 */
export function patientRetries(
  clock: Clock,
  { random = Math.random, onThrottled }: Circumstances = {},
): RetryStrategyV2 {
  return {
    acquireInitialRetryToken: async () => tokenAfter(0),
    async refreshRetryTokenForRetry(token: RetryToken, { errorType }: RetryErrorInfo) {
      const retries = token.getRetryCount();
      if (errorType === 'THROTTLING') onThrottled?.();
      const mayPass = errorType === 'THROTTLING' || errorType === 'TRANSIENT';
      if (!mayPass || retries + 1 >= attemptsInAll) throw new Error('not to be tried again');
      const first = firstPauseInMilliseconds[errorType === 'THROTTLING' ? 'throttled' : 'otherwise'];
      await clock.sleep(random() * Math.min(first * 2 ** retries, longestPauseInMilliseconds));
      return tokenAfter(retries + 1);
    },
    recordSuccess() {},
  };
}

const tokenAfter = (retries: number): RetryToken => ({
  getRetryCount: () => retries,
  getRetryDelay: () => 0,
});
