import { notImplemented, type AwsError } from '../aws-error.ts';
import type { HttpRequest, HttpResponse, Service } from '../service.ts';
import { readJson, targetOf, writeJson, writeJsonError } from './json-protocol.ts';
import { readQuery, writeQuery, writeQueryError } from './query-protocol.ts';
import { matchRoute } from './rest-routes.ts';

/** A request as its operation reads it, and how its answer is written. */
interface Reading {
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly write: (output: unknown) => HttpResponse;
}

/** Throws AwsError where the request names no operation. */
export function read({ name, protocol }: Service, http: HttpRequest, requestId: string): Reading {
  switch (protocol.kind) {
    case 'json': {
      const target = targetOf(http);
      if (!target) throw notImplemented(name, 'a request without the header X-Amz-Target');
      const contentType = `application/x-amz-json-${protocol.version}`;
      return {
        operation: target.operation,
        input: readJson(http.body),
        write: (output) => writeJson(output ?? {}, contentType),
      };
    }
    case 'query': {
      const { operation, input } = readQuery(http);
      if (!operation) throw notImplemented(name, 'a request without the parameter Action');
      return {
        operation,
        input,
        write: (output) => writeQuery(operation, protocol.namespace, output, requestId),
      };
    }
    case 'rest-json': {
      const match = matchRoute(protocol.routes, http);
      if (!match) throw notImplemented(name, `${http.method} ${http.path}`);
      const { route, parameters } = match;
      return {
        operation: route.operation,
        input: { ...(route.raw ? {} : readJson(http.body)), ...parameters },
        write: (output) =>
          isResponse(output) ? output : writeJson(output, 'application/json', route.status ?? 200),
      };
    }
    case 'custom': {
      const { operation, input } = protocol.read(http);
      return { operation, input, write: (output) => protocol.write(output, http) };
    }
  }
}

/** A REST operation may answer with a response of its own, headers and all (Lambda's Invoke). */
function isResponse(output: unknown): output is HttpResponse {
  return (
    typeof output === 'object' &&
    output !== null &&
    'status' in output &&
    'headers' in output &&
    'body' in output
  );
}

export function writeError(
  { protocol }: Service,
  error: AwsError,
  http: HttpRequest,
  requestId: string,
): HttpResponse {
  switch (protocol.kind) {
    case 'json':
      return writeJsonError(error, `application/x-amz-json-${protocol.version}`);
    case 'query':
      return writeQueryError(error, protocol.namespace, requestId);
    case 'rest-json':
      return writeJsonError(error, 'application/json');
    case 'custom':
      return protocol.writeError(error, http, requestId);
  }
}
