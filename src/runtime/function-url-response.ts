import type { Outcome } from '#ports/outcome.ts';

/** What Lambda makes an HTTP response of. */
interface FunctionUrlResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** The answer of an outcome; an outcome without one has nothing to say to the web. */
export function functionUrlResponse(outcome: Outcome): FunctionUrlResponse {
  const answer = typeof outcome === 'string' ? undefined : outcome.answer;
  const { status, headers, body } = answer ?? { status: 404, headers: {}, body: '' };
  return typeof body === 'string'
    ? { statusCode: status, headers, body, isBase64Encoded: false }
    : { statusCode: status, headers, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}
