import { gunzipSync } from 'node:zlib';
import { cbor, dateToTag, tagSymbol } from '@smithy/core/cbor';
import { AwsError, notImplemented } from '../../aws-error.ts';
import type { HttpRequest, HttpResponse, Protocol } from '../../service.ts';
import { readJson, targetOf, writeJson, writeJsonError } from '../../wire/json-protocol.ts';
import { readQuery, writeQuery, writeQueryError } from '../../wire/query-protocol.ts';
import { queryCodes } from './cloudwatch-refusals.ts';

interface Wire {
  readonly read: (http: HttpRequest) => { operation: string; input: Record<string, unknown> };
  readonly write: (output: unknown, operation: string) => HttpResponse;
  readonly writeError: (error: AwsError, requestId: string) => HttpResponse;
}

const jsonType = 'application/x-amz-json-1.0';
const namespace = 'http://monitoring.amazonaws.com/doc/2010-08-01/';
const cborHeaders = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };

/** CloudWatch speaks three protocols: JSON to the SDK for JavaScript, CBOR to botocore, query to older clients. */
export function cloudWatchProtocol(nextId: () => string): Protocol {
  const wires = { json, cbor: binary, query: query(nextId) };
  const wireOf = (http: HttpRequest) => wires[kindOf(http)];
  return {
    kind: 'custom',
    read: (http) => wireOf(http).read(unpacked(http)),
    write: (output, http) => wireOf(http).write(output, wireOf(http).read(unpacked(http)).operation),
    writeError: (error, http, requestId) => wireOf(http).writeError(error, requestId),
  };
}

function kindOf({ headers }: HttpRequest): 'json' | 'cbor' | 'query' {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return 'cbor';
  return headers['x-amz-target'] ? 'json' : 'query';
}

/** SDKs compress large calls of PutMetricData. */
const unpacked = (http: HttpRequest): HttpRequest =>
  http.headers['content-encoding'] === 'gzip' ? { ...http, body: gunzipSync(http.body) } : http;

const json: Wire = {
  read(http) {
    const target = targetOf(http);
    if (!target) throw notImplemented('cloudwatch', 'a request without the header X-Amz-Target');
    return { operation: target.operation, input: readJson(http.body) };
  },
  write: (output) => writeJson(output ?? {}, jsonType),
  writeError(error) {
    const response = writeJsonError(error, jsonType);
    return { ...response, headers: { ...response.headers, ...formerCode(error) } };
  },
};

const binary: Wire = {
  read({ path, body }) {
    const operation = /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(path)?.[1];
    if (!operation) throw notImplemented('cloudwatch', path);
    const input: unknown = body.byteLength === 0 ? {} : cbor.deserialize(body);
    return { operation, input: { ...(withoutTags(input) as Record<string, unknown>) } };
  },
  write: (output) => ({
    status: 200,
    headers: cborHeaders,
    body: Buffer.from(cbor.serialize(withTags(output ?? {}))),
  }),
  writeError: (error) => ({
    status: error.status,
    headers: { ...cborHeaders, ...formerCode(error) },
    body: Buffer.from(cbor.serialize({ __type: error.code, message: error.message, ...error.members })),
  }),
};

const query = (nextId: () => string): Wire => ({
  read(http) {
    const { operation, input } = readQuery(http);
    if (!operation) throw notImplemented('cloudwatch', 'a request without the parameter Action');
    return { operation, input };
  },
  write: (output, operation) => writeQuery(operation, namespace, output ?? {}, nextId()),
  writeError: (error, requestId) =>
    writeQueryError(
      new AwsError(queryCodes.get(error.code) ?? error.code, error.message, error.status),
      namespace,
      requestId,
    ),
});

const formerCode = ({ code, status }: AwsError) => ({
  'x-amzn-query-error': `${queryCodes.get(code) ?? code};${status < 500 ? 'Sender' : 'Receiver'}`,
});

/** Moments are tagged numbers on the wire, and plain epoch seconds for the operations. */
function withoutTags(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTags);
  if (typeof value !== 'object' || value === null) return value;
  if (tagSymbol in value && 'value' in value) return value.value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutTags(item)]));
}

function withTags(value: unknown): unknown {
  if (value instanceof Date) return dateToTag(value);
  if (Array.isArray(value)) return value.map(withTags);
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(known.map(([key, item]) => [key, withTags(item)]));
}
