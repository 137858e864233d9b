import { describe, expect, it } from 'vitest';
import { isClean } from '../bench/judge-chaos.ts';
import { playChaos } from '../bench/play-chaos.ts';

const chaos = { accounts: 50, seed: 11 };
const longestInMilliseconds = 60_000;

describe('when calls, events, functions and builds go wrong all over a maintenance window', () => {
  it(
    'gives back each of 50 accounts, purged once, or tells that it has failed, once',
    async () => {
      const verdict = await playChaos(chaos);

      expect(verdict).toMatchObject({ stuck: [], purgedTwice: [], unpurged: [], toldTwice: [] });
      expect(isClean(verdict)).toBe(true);
    },
    longestInMilliseconds,
  );

  it(
    'does not go unnoticed when nothing is taken up again',
    async () => {
      const verdict = await playChaos({ ...chaos, idle: ['OnRevisitFromQueue'] });

      expect(isClean(verdict)).toBe(false);
    },
    longestInMilliseconds,
  );

  it(
    'does not go unnoticed when the sweeps do not sweep',
    async () => {
      const verdict = await playChaos({ ...chaos, idle: ['OnAccountsSweep', 'OnTransactionTimeOut'] });

      expect(isClean(verdict)).toBe(false);
      expect(verdict.stuck).not.toEqual([]);
    },
    longestInMilliseconds,
  );
});
