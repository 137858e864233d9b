import type { Sending } from '../sqs/sending.ts';
import type { Attempts } from './asynchronous-invocations.ts';
import type { InvocationOutcome } from './invocation.ts';

/** An event that was given up, with the end of its last invocation if there was one. */
export interface GivenUp extends Attempts {
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
  readonly outcome: InvocationOutcome | undefined;
}

/** What a destination for failures receives, in JSON. */
export function failureRecord({ outcome, ...event }: GivenUp, now: number): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${event.functionArn}:$LATEST`,
      condition: event.condition,
      approximateInvokeCount: event.count,
    },
    requestPayload: JSON.parse(event.payload),
    ...(outcome && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: JSON.parse(outcome.payload),
    }),
  });
}

const mostCharacters = 1024;

/** Dead letters are the event itself, with the error in attributes. */
export function deadLetterSending({ requestId, outcome }: GivenUp): Sending {
  const message = outcome && outcome.kind !== 'success' ? outcome.error.errorMessage : 'The event is too old';
  return {
    MessageAttributes: {
      RequestID: { DataType: 'String', StringValue: requestId },
      ErrorCode: { DataType: 'Number', StringValue: outcome ? '200' : '429' },
      ErrorMessage: { DataType: 'String', StringValue: message.slice(0, mostCharacters) || 'unknown' },
    },
  };
}
