import { describe, expect, it } from 'vitest';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { clientConfig } from '#adapters/aws/access.ts';
import { AwsError } from '#emulator/aws-error.ts';
import { openAccess, throttled, type Answer } from './support-access.ts';

const call = 'sts.GetCallerIdentity';

/** Fails so many times before it lets a call run. */
function failing(times: number, fault: AwsError): Answer {
  let left = times;
  return (_, run) => {
    if (left === 0) return run();
    left -= 1;
    throw fault;
  };
}

async function ask(times: number, fault: AwsError) {
  const opened = openAccess({ [call]: failing(times, fault) });
  let refusals = 0;
  const client = new STSClient(clientConfig({ ...opened.access, onThrottled: () => (refusals += 1) }));
  const outcome = await client.send(new GetCallerIdentityCommand({})).then(
    () => 'answered',
    (error: Error) => error.name,
  );
  return { outcome, refusals, sleeps: opened.sleeps, calls: opened.count(call) };
}

describe('when AWS has been asked too often', () => {
  it('asks again after pauses that double, up to twenty seconds, with jitter', async () => {
    const { outcome, sleeps, refusals } = await ask(8, throttled);

    expect(outcome).toBe('answered');
    expect(sleeps).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(refusals).toBe(8);
  });

  it('gives up after nine attempts, and throws what AWS said', async () => {
    const { outcome, calls, refusals } = await ask(100, throttled);

    expect({ outcome, calls, refusals }).toEqual({ outcome: 'ThrottlingException', calls: 9, refusals: 9 });
  });
});

describe('when AWS fails for a moment', () => {
  it('asks again soon, and calls it no throttling', async () => {
    const { outcome, sleeps, refusals } = await ask(2, new AwsError('InternalFailure', 'oops', 500));

    expect({ outcome, sleeps, refusals }).toEqual({ outcome: 'answered', sleeps: [50, 100], refusals: 0 });
  });
});

describe('when AWS refuses for good', () => {
  it.each(['AccessDenied', 'ValidationError', 'NoSuchEntity'])('asks once: %s', async (code) => {
    const { outcome, sleeps, calls } = await ask(100, new AwsError(code, 'no', 400));

    expect({ outcome, sleeps, calls }).toEqual({ outcome: code, sleeps: [], calls: 1 });
  });
});
