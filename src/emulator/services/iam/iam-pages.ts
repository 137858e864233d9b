import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';

interface Paging {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One page of a list, of 100 items unless told, with the members by which IAM tells of the next one. */
export function iamPage<T>(all: readonly T[], { Marker: marker, MaxItems: size = 100 }: Paging) {
  const { items, next } = pageOf(all, marker, size, new AwsError('ValidationError', 'Invalid Marker.'));
  return { items, rest: { IsTruncated: next !== undefined, Marker: next } };
}
