import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Call, HttpResponse } from '../../service.ts';
import type { StoredObject } from './bucket.ts';
import type { Buckets, S3Input } from './buckets.ts';
import { checksumHeaders } from './checksums.ts';
import { objectHeaders } from './object-headers.ts';
import { findObject } from './object-versions.ts';
import type { Permissions } from './permissions.ts';
import { readConditions } from './preconditions.ts';
import { emptyAnswer, type Headers } from './s3-answer.ts';
import { accessDenied } from './s3-errors.ts';

/** The object that a call names. Whoever may not list the bucket is not told that something is missing. */
export function createObjectFinder(buckets: Buckets, permissions: Permissions) {
  return (input: S3Input, call: Call): StoredObject => {
    const bucket = buckets.find(input, call);
    try {
      return findObject(bucket, input.Key ?? '', call.http.query.get('versionId'));
    } catch (error) {
      if (
        error instanceof AwsError &&
        error.status === 404 &&
        !permissions.has('s3:ListBucket', bucket, undefined, call)
      )
        throw accessDenied();
      throw error;
    }
  };
}

/** GET and HEAD, which differ in the body alone. */
export function createReadOperations(find: (input: S3Input, call: Call) => StoredObject) {
  const read = (input: S3Input, call: Call): HttpResponse => {
    const { headers, query } = call.http;
    if (query.has('partNumber')) throw notImplemented('s3', 'reading an object by part');
    const object = find(input, call);
    if (readConditions(headers, object) === 'not modified') {
      return emptyAnswer(304, { etag: object.etag, 'last-modified': object.modifiedAt.toUTCString() });
    }
    const range = rangeIn(headers['range'], object.body.byteLength);
    const body = range ? object.body.subarray(range.start, range.end + 1) : object.body;
    return {
      status: range ? 206 : 200,
      headers: {
        ...objectHeaders(object),
        ...overrides(query),
        'content-length': String(body.byteLength),
        ...(range && {
          'content-range': `bytes ${range.start}-${range.end}/${object.body.byteLength}`,
        }),
        ...(!range && headers['x-amz-checksum-mode'] === 'ENABLED' && checksumHeaders(object.checksum)),
      },
      body,
    };
  };

  return {
    GetObject: read,
    HeadObject: (input: S3Input, call: Call) => ({ ...read(input, call), body: '' }),
  };
}

/** Bytes from the first to the last, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Undefined when all is wanted, or when the header is none that S3 understands. Throws InvalidRange. */
export function rangeIn(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  if (start <= end) return { start, end };
  throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, {
    ActualObjectSize: size,
    RangeRequested: header,
  });
}

/** What a link may say about the answer: `response-content-disposition` and the like. */
function overrides(query: URLSearchParams): Headers {
  const asked = [...query].filter(([name]) => name.startsWith('response-'));
  return Object.fromEntries(asked.map(([name, value]) => [name.slice('response-'.length), value]));
}
