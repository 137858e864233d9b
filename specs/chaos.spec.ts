import { describe, expect, it } from 'vitest';
import { isClean } from '../bench/judge-chaos.ts';
import { chaos, playChaos } from '../bench/play-chaos.ts';

const longestInMilliseconds = 60_000;

describe('when calls, events, functions and builds go wrong all over a maintenance window', () => {
  it(
    'gives back each of 50 accounts, purged once, or tells that it has failed, once',
    async () => {
      const verdict = await playChaos({ accounts: 50, seed: 11 });

      expect(verdict).toMatchObject({ stuck: [], purgedTwice: [], unpurged: [], toldTwice: [] });
      expect(isClean(verdict)).toBe(true);
    },
    longestInMilliseconds,
  );
});

/** Few accounts, each of which is bound to need another try or a sweep. */
const harder = {
  accounts: 12,
  seed: 11,
  plan: {
    ...chaos(11),
    events: [{ fault: 'lost', share: 0.1 }],
    builds: [{ fault: 'failed', share: 0.1 }],
  },
} as const;

describe('when builds fail and events are lost for every tenth', () => {
  it('gives accounts back all the same', async () => {
    expect(isClean(await playChaos(harder))).toBe(true);
  });

  it.each([
    ['nothing is taken up again', ['OnRevisitFromQueue']],
    ['the sweeps do not sweep', ['OnAccountsSweep', 'OnTransactionTimeOut']],
  ])('does not go unnoticed that %s', async (_, idle) => {
    const verdict = await playChaos({ ...harder, idle });

    expect(isClean(verdict)).toBe(false);
    expect(verdict.stuck).not.toEqual([]);
  });
});
