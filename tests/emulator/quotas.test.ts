import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import { AwsError } from '#emulator/aws-error.ts';
import { createQuotas } from '#emulator/quotas/create-quotas.ts';
import { organizationsQuotas } from '#emulator/quotas/organizations-quotas.ts';
import { createTokenBucket } from '#emulator/quotas/token-bucket.ts';
import type { Call } from '#emulator/service.ts';

const opensAt = Date.UTC(2026, 10, 22);

const paces = fc.record({
  perSecond: fc.oneof(fc.constantFrom(0.05, 0.1, 4, 9), fc.integer({ min: 1, max: 40 })),
  burst: fc.integer({ min: 1, max: 40 }),
});

describe('a token bucket', () => {
  it('lets through no more than its burst and its rate in any interval', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(paces, gaps, (pace, gaps) => {
        const passed = timesPassed(pace, gaps);

        for (const [first, from] of passed.entries()) {
          for (const [last, until] of passed.entries()) {
            if (last < first) continue;
            const allowed = pace.burst + (pace.perSecond * (until - from)) / 1000;
            expect(last - first + 1).toBeLessThanOrEqual(allowed + 1e-9);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never refuses a client that keeps to the rate', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(paces, delays, ({ perSecond, burst }, delays) => {
        const interval = Math.ceil(1000 / perSecond);
        const gaps = delays.map((delay) => interval + delay);

        expect(timesPassed({ perSecond, burst }, gaps)).toHaveLength(gaps.length);
      }),
    );
  });

  it('gives back exactly its rate, however many calls it has counted', () => {
    const bucket = createTokenBucket({ perSecond: 9, burst: 15 }, opensAt);
    let passed = 0;

    for (let now = opensAt; now < opensAt + 1_000_000; now += 1) {
      if (!bucket.has(now)) continue;
      bucket.take(now);
      passed += 1;
    }

    expect(passed).toBe(15 + 8_999);
  });

  function timesPassed(pace: { perSecond: number; burst: number }, gaps: readonly number[]): number[] {
    const bucket = createTokenBucket(pace, opensAt);
    const passed: number[] = [];
    let now = opensAt;
    for (const gap of gaps) {
      now += gap;
      if (!bucket.has(now)) continue;
      bucket.take(now);
      passed.push(now);
    }
    return passed;
  }
});

describe('the quotas of AWS', () => {
  it('refuse the seventh tag written at once, and let one through a quarter of a second later', () => {
    const { call, wait } = cloud();

    const passed = times(7, () => call('organizations', 'TagResource'));
    wait(249);
    const tooEarly = call('organizations', 'TagResource');
    wait(1);
    const intime = call('organizations', 'TagResource');

    expect(passed).toEqual([
      'passed',
      'passed',
      'passed',
      'passed',
      'passed',
      'passed',
      'TooManyRequestsException',
    ]);
    expect([tooEarly, intime]).toEqual(['TooManyRequestsException', 'passed']);
  });

  it('let operations of one line of the table draw from one bucket', () => {
    const { call } = cloud();
    times(6, () => call('organizations', 'TagResource'));

    expect(call('organizations', 'UntagResource')).toBe('TooManyRequestsException');
    expect(call('organizations', 'ListTagsForResource')).toBe('passed');
  });

  it('count each account by itself, and all of them against the organization', () => {
    const { call } = cloud();
    const other = '222222222222';

    const own = times(12, () => call('organizations', 'ListAccounts'));
    const others = times(4, () => call('organizations', 'ListAccounts', other));

    expect(own).not.toContain('TooManyRequestsException');
    expect(others).toEqual(['passed', 'passed', 'passed', 'TooManyRequestsException']);
  });

  it('take nothing from an account for a call that the organization refuses', () => {
    const { call, wait } = cloud();
    const other = '222222222222';
    times(12, () => call('organizations', 'ListAccounts'));
    times(20, () => call('organizations', 'ListAccounts', other));

    wait(1000);
    const others = times(9, () => call('organizations', 'ListAccounts', other));

    expect(others).not.toContain('TooManyRequestsException');
  });

  it('count Parameter Store by region, in its own words', () => {
    const { call } = cloud();
    times(3, () => call('ssm', 'PutParameter'));

    expect(call('ssm', 'PutParameter')).toBe('ThrottlingException');
    expect(call('ssm', 'PutParameter', '111111111111', 'us-east-1')).toBe('passed');
  });

  it('do not hold up what they do not name', () => {
    const { call } = cloud();

    expect(times(1000, () => call('iam', 'GetRole'))).not.toContain('ThrottlingException');
  });

  it('name each operation once', () => {
    const operations = organizationsQuotas.flatMap((quota) => quota.operations);

    expect(new Set(operations).size).toBe(operations.length);
  });
});

function cloud() {
  let now = opensAt;
  const gate = createQuotas({ now: () => now });
  return {
    wait: (milliseconds: number) => (now += milliseconds),
    call: (service: string, operation: string, account = '111111111111', region = 'eu-west-1'): string => {
      try {
        gate(service, aCall(operation, account, region));
        return 'passed';
      } catch (refusal) {
        return refusal instanceof AwsError ? refusal.code : String(refusal);
      }
    },
  };
}

function aCall(operation: string, account: string, region: string): Call {
  const number = accountId(account);
  return {
    operation,
    account: number,
    region,
    caller: { account: number, arn: `arn:aws:iam::${number}:user/administrator`, userId: 'AIDA' },
    origin: 'client',
    requestId: 'request',
    http: { method: 'POST', path: '/', query: new URLSearchParams(), headers: {}, body: new Uint8Array() },
  };
}

function times<T>(count: number, run: () => T): T[] {
  return Array.from({ length: count }, run);
}
