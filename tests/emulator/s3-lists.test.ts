import {
  DeleteObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  type ListObjectsV2CommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBucket, type ObjectEntry } from '#emulator/services/s3/bucket.ts';
import { listKeys } from '#emulator/services/s3/list-keys.ts';
import { automation, bucket, openS3, put } from './support-s3.ts';

/** Every page of a listing, as the keys and the common prefixes on it. */
async function pages(client: S3Client, input: Partial<ListObjectsV2CommandInput>) {
  const found: { keys: (string | undefined)[]; prefixes: (string | undefined)[] }[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken, ...input }));
    found.push({
      keys: (page.Contents ?? []).map(({ Key }) => Key),
      prefixes: (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
    });
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return found;
}

describe('when a bucket is listed', () => {
  it('gives what is there, in the order of the bytes', async () => {
    const { client } = await openS3();
    await put(client, 'b', 'a/1', 'é', 'a', 'B', '\u{ff5e}', '\u{1f600}');

    const { Contents, KeyCount, IsTruncated } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket }),
    );

    const keys = Contents?.map(({ Key }) => Key);
    expect(keys).toEqual(['B', 'a', 'a/1', 'b', 'é', '\u{ff5e}', '\u{1f600}']);
    expect(Contents?.[1]).toMatchObject({
      Size: 4,
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      LastModified: new Date('2026-11-22T09:00:00Z'),
      StorageClass: 'STANDARD',
    });
    expect([KeyCount, IsTruncated]).toEqual([7, false]);
  });

  it('shows what is behind a delimiter as one prefix', async () => {
    const { client } = await openS3();
    await put(client, 'r/2025/a', 'r/2025/b', 'r/2026/a', 'r/readme', 's/x', 'top');

    expect(await pages(client, { Delimiter: '/' })).toEqual([{ keys: ['top'], prefixes: ['r/', 's/'] }]);
    expect(await pages(client, { Prefix: 'r/', Delimiter: '/' })).toEqual([
      { keys: ['r/readme'], prefixes: ['r/2025/', 'r/2026/'] },
    ]);
    expect(await pages(client, { Prefix: 'r/2025' })).toEqual([
      { keys: ['r/2025/a', 'r/2025/b'], prefixes: [] },
    ]);
    expect(await pages(client, { StartAfter: 'r/2026/a' })).toEqual([
      { keys: ['r/readme', 's/x', 'top'], prefixes: [] },
    ]);
  });

  it('counts keys and prefixes on a page alike', async () => {
    const { client } = await openS3();
    await put(client, 'a/1', 'a/2', 'b', 'c/1', 'd');

    expect(await pages(client, { Delimiter: '/', MaxKeys: 2 })).toEqual([
      { keys: ['b'], prefixes: ['a/'] },
      { keys: ['d'], prefixes: ['c/'] },
    ]);
  });

  it('gives a thousand on a page, whatever is asked', async () => {
    const { client } = await openS3();
    for (let index = 0; index < 1001; index += 1) await put(client, String(index));

    const found = await pages(client, { MaxKeys: 5000 });

    expect(found.map(({ keys }) => keys.length)).toEqual([1000, 1]);
  });

  it('goes from marker to marker in the first version of the operation', async () => {
    const { client } = await openS3();
    await put(client, 'a/1', 'a/2', 'b', 'c');

    const first = await client.send(new ListObjectsCommand({ Bucket: bucket, Delimiter: '/', MaxKeys: 1 }));
    const second = await client.send(
      new ListObjectsCommand({ Bucket: bucket, Delimiter: '/', Marker: first.NextMarker }),
    );

    expect(first.CommonPrefixes).toEqual([{ Prefix: 'a/' }]);
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['b', 'c']);
  });

  it('encodes keys for clients that ask for it', async () => {
    const { client } = await openS3();
    await put(client, 'a b/ü+');

    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: bucket, EncodingType: 'url' }));

    expect(Contents?.[0]?.Key).toBe('a%20b/%C3%BC%2B');
  });

  it('refuses a token that it never gave', async () => {
    const { client } = await openS3();

    const listing = client.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: 'mine' }));

    await expect(listing).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('shows every version and every mark, newest first, page by page', async () => {
    const { client } = await openS3();
    await client.send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    await put(client, 'a', 'a', 'b');
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a' }));

    const all: string[] = [];
    let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    do {
      const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: 1, ...next }));
      for (const { Key, IsLatest } of page.DeleteMarkers ?? []) all.push(`mark ${Key} ${IsLatest}`);
      for (const { Key, IsLatest } of page.Versions ?? []) all.push(`${Key} ${IsLatest}`);
      next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    } while (next.KeyMarker !== undefined);

    expect(all).toEqual(['mark a true', 'a false', 'a false', 'b true']);
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['b']);
  });
});

describe('when keys are walked page by page', () => {
  const segment = fc.constantFrom('a', 'b', 'a/', 'b/', '/', 'é');
  const keys = fc.uniqueArray(
    fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
  );

  it('gives the same as one look at all of them', () => {
    fc.assert(
      fc.property(
        keys,
        segment,
        fc.constantFrom('', '/'),
        fc.integer({ min: 1, max: 4 }),
        (all, prefix, delimiter, size) => {
          const listed = createBucket({
            name: bucket,
            owner: automation,
            region: 'eu-west-1',
            createdAt: new Date(0),
          });
          for (const key of all) listed.entries.put(entryOf(key));

          const found: string[] = [];
          let after: string | undefined = '';
          while (after !== undefined) {
            const page = listKeys(listed, { prefix, delimiter, after, size });
            const names = [...page.objects.map(({ key }) => key), ...page.prefixes];
            expect(names.length).toBeLessThanOrEqual(size);
            found.push(...names);
            after = page.last;
          }

          const expected = all
            .filter((key) => key.startsWith(prefix))
            .map((key) => {
              const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
              return end < 0 ? key : key.slice(0, end + 1);
            });
          expect(found.sort()).toEqual([...new Set(expected)].sort());
        },
      ),
    );
  });
});

function entryOf(key: string): ObjectEntry {
  return {
    key,
    versions: [
      {
        kind: 'object',
        version: 'null',
        modifiedAt: new Date(0),
        body: new Uint8Array(),
        etag: '""',
        headers: {},
        checksum: undefined,
        tags: new Map(),
      },
    ],
  };
}
