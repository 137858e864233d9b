import { describe, expect, it } from 'vitest';
import { addressOf } from '#emulator/services/s3/s3-address.ts';

describe('when a request names a bucket and a key', () => {
  it.each([
    ['127.0.0.1:4566', '/', undefined, undefined],
    ['127.0.0.1:4566', '/reports', 'reports', undefined],
    ['127.0.0.1:4566', '/reports/', 'reports', undefined],
    ['127.0.0.1:4566', '/reports/a/b%20c', 'reports', 'a/b c'],
    ['127.0.0.1:4566', '/reports//a/../b', 'reports', '/a/../b'],
    ['localhost:4566', '/reports/a+b', 'reports', 'a+b'],
    ['s3.localhost:4566', '/reports/a', 'reports', 'a'],
    ['reports.localhost:4566', '/a/b', 'reports', 'a/b'],
    ['my.reports.localhost', '/a', 'my.reports', 'a'],
    ['reports.s3.localhost:4566', '/', 'reports', undefined],
    ['s3.eu-west-1.amazonaws.com', '/reports/a', 'reports', 'a'],
    ['reports.s3.eu-west-1.amazonaws.com', '/a%2Fb', 'reports', 'a/b'],
    ['reports.s3.amazonaws.com', '/a', 'reports', 'a'],
  ])('finds them in %s and %s', (host, path, bucket, key) => {
    expect(addressOf({ path, headers: { host } })).toEqual({ bucket, key });
  });

  it('refuses a path that is not encoded', () => {
    expect(() => addressOf({ path: '/reports/100%', headers: {} })).toThrow(
      "Couldn't parse the specified URI.",
    );
  });
});
