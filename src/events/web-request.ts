import { member, textMember } from './shape.ts';
import type { Trigger } from './trigger.ts';

/** A request to a function URL. Whoever sends it bears no credentials of AWS. */
export interface WebRequest {
  readonly method: string;
  /** Decoded; undefined when it cannot be. */
  readonly path: string | undefined;
  readonly query: URLSearchParams;
  /** By name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** As it was sent. */
  readonly body: string;
}

/** Requests from anywhere; `endpoint` is the name under which the address is kept. */
export const webRequested = (endpoint: string): Trigger<WebRequest> => ({
  kind: 'web',
  endpoint,
  read: (event) => ({ happened: webRequestFrom(event) }),
});

/** Reads Lambda's payload format 2.0, and anything else as an empty request. */
export function webRequestFrom(event: unknown): WebRequest {
  const body = textMember(event, 'body') ?? '';
  const isEncoded = member(event, 'isBase64Encoded') === true;
  return {
    method: textMember(event, 'requestContext', 'http', 'method') ?? '',
    path: decoded(textMember(event, 'rawPath') ?? '/'),
    query: new URLSearchParams(textMember(event, 'rawQueryString') ?? ''),
    header: (name) => textMember(event, 'headers', name),
    body: isEncoded ? Buffer.from(body, 'base64').toString() : body,
  };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** A parameter that is there once; twice is as bad as never. */
export function onlyParameter({ query }: WebRequest, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
