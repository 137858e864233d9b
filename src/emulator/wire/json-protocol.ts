import { AwsError } from '../aws-error.ts';
import type { HttpRequest, HttpResponse } from '../service.ts';

/** Operation named by the header `X-Amz-Target`, as in `AWSOrganizationsV20161128.ListAccounts`. */
export function targetOf(request: HttpRequest): { target: string; operation: string } | undefined {
  const [target, operation] = (request.headers['x-amz-target'] ?? '').split('.');
  return target && operation ? { target, operation } : undefined;
}

/** Throws SerializationException when the body is no JSON object. */
export function readJson(body: Uint8Array): Record<string, unknown> {
  if (body.byteLength === 0) return {};
  try {
    const value: unknown = JSON.parse(textOf(body));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    throw new AwsError('SerializationException', `The request is no JSON: ${String(cause)}`);
  }
  throw new AwsError('SerializationException', 'The request is no JSON object');
}

export function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

export function writeJson(output: unknown, contentType: string, status = 200): HttpResponse {
  const body = output === undefined || output === null ? '' : JSON.stringify(wireValue(output));
  return { status, headers: { 'content-type': contentType }, body };
}

/** Faults of identity, which the JSON services name otherwise than query services and S3 do. */
const jsonNames: Readonly<Record<string, string>> = {
  AccessDenied: 'AccessDeniedException',
  ExpiredToken: 'ExpiredTokenException',
};

/** Both the member `__type` and the header, since JSON and REST clients look at different ones. */
export function writeJsonError(error: AwsError, contentType: string): HttpResponse {
  const renamed = jsonNames[error.code];
  const code = renamed ?? error.code;
  const body = JSON.stringify({
    __type: code,
    message: error.message,
    Message: error.message,
    ...error.members,
  });
  return {
    // Faults of identity are 403 in REST services, and 400 like all others in RPC ones.
    status: renamed && contentType !== 'application/json' ? 400 : error.status,
    headers: { 'content-type': contentType, 'x-amzn-errortype': code },
    body,
  };
}

/** Dates become epoch seconds and Buffers base64, as AWS's JSON protocols want. */
export function wireValue(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(wireValue);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wireValue(item)]));
}
