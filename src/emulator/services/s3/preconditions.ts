import { notImplemented } from '../../aws-error.ts';
import type { StoredObject } from './bucket.ts';
import type { Headers } from './s3-answer.ts';
import { noSuchKey, preconditionFailed } from './s3-errors.ts';

/** Whether a read may go on, or there is nothing new to tell. Throws PreconditionFailed. */
export function readConditions(headers: Headers, object: StoredObject): 'read' | 'not modified' {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  const modified = seconds(object.modifiedAt.getTime());
  if (match !== undefined && !matches(match, object.etag)) throw preconditionFailed('If-Match');
  const unmodifiedSince = timeIn(headers['if-unmodified-since']);
  // An ETag tells more than a time: where both are asked for, it decides.
  if (match === undefined && unmodifiedSince !== undefined && modified > unmodifiedSince) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (noneMatch !== undefined) return matches(noneMatch, object.etag) ? 'not modified' : 'read';
  const modifiedSince = timeIn(headers['if-modified-since']);
  return modifiedSince !== undefined && modified <= modifiedSince ? 'not modified' : 'read';
}

/** Throws PreconditionFailed, or NoSuchKey when something must be there that is not. */
export function checkWriteConditions(headers: Headers, key: string, present: StoredObject | undefined): void {
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined && noneMatch !== '*') {
    throw notImplemented('s3', 'If-None-Match with anything but * on a write');
  }
  if (noneMatch !== undefined && present) throw preconditionFailed('If-None-Match');
  if (match === undefined) return;
  if (!present) throw noSuchKey(key);
  if (!matches(match, present.etag)) throw preconditionFailed('If-Match');
}

/** The same four conditions, on the source of a copy. */
export function checkCopyConditions(headers: Headers, source: StoredObject): void {
  const prefix = 'x-amz-copy-source-';
  const own = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(`${prefix}if-`) ? [[name.slice(prefix.length), value]] : [],
  );
  const outcome = readConditions(Object.fromEntries(own), source);
  if (outcome === 'not modified') throw preconditionFailed('x-amz-copy-source-If-None-Match');
}

function matches(list: string, etag: string): boolean {
  const unquoted = (text: string) => text.trim().replace(/^W\//, '').replaceAll('"', '');
  return list.trim() === '*' || list.split(',').some((one) => unquoted(one) === unquoted(etag));
}

function timeIn(header: string | undefined): number | undefined {
  const time = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(time) ? undefined : seconds(time);
}

function seconds(time: number): number {
  return Math.floor(time / 1000);
}
