import { describe, expect, it } from 'vitest';
import { wayBackOf } from '#adapters/dead-letters/way-back.ts';

const queue = 'arn:aws:sqs:eu-west-1:123456789012:SpaTestRevisits';
const lambda = 'arn:aws:lambda:eu-west-1:123456789012:function:SpaTestOnReleasedAccount';
const targeted = (arn: string) => ({ TARGET_ARN: { DataType: 'String', StringValue: arn } });

describe('when a dead letter is read', () => {
  it('goes back to the queue that it comes from', () => {
    const message = { Body: 'text', Attributes: { DeadLetterQueueSourceArn: queue } };

    expect(wayBackOf(message)).toEqual({ to: 'queue', arn: queue, body: 'text' });
  });

  it('goes to the target that EventBridge could not reach', () => {
    const Body = '{"detail":{}}';

    expect(wayBackOf({ Body, MessageAttributes: targeted(queue) })).toEqual({
      to: 'queue',
      arn: queue,
      body: Body,
    });
    expect(wayBackOf({ Body, MessageAttributes: targeted(lambda) })).toEqual({
      to: 'function',
      arn: lambda,
      payload: Body,
    });
  });

  it("goes to the function whose invocation has failed, out of Lambda's record", () => {
    const Body = JSON.stringify({
      version: '1.0',
      requestContext: { requestId: '1', functionArn: `${lambda}:$LATEST`, condition: 'RetriesExhausted' },
      requestPayload: { detail: { a: 1 } },
      responsePayload: { errorMessage: 'no' },
    });

    expect(wayBackOf({ Body })).toEqual({ to: 'function', arn: lambda, payload: '{"detail":{"a":1}}' });
  });

  it.each([
    {},
    { Body: '' },
    { Body: 'text' },
    { Body: 'null' },
    { Body: '{"requestPayload":{}}' },
    { Body: '{}', MessageAttributes: targeted('arn:aws:sns:eu-west-1:123456789012:Topic') },
  ])('has no way back that can be told: %j', (message) => {
    expect(wayBackOf(message)).toBeUndefined();
  });
});
