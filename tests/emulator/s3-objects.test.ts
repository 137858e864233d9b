import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { bucket, member, openS3, put, textAt } from './support-s3.ts';

const awkwardKeys = [
  'plain.csv',
  'SpaReports/Costs/Cost & Center/2026-10.csv',
  'a+b=c',
  '100%25 %',
  `quo'te"s`,
  'é/ü/😀',
  'sl//ash/',
  './dot/../up',
  ' lead and trail ',
  '<xml>&amp;',
  'a?b#c',
  'back\\slash~',
];

describe('when an object is put', () => {
  it.each(['http://127.0.0.1:4566', 'http://localhost:4566', 'https://s3.eu-west-1.amazonaws.com'])(
    'comes back under any key, through %s',
    async (endpoint) => {
      const { administratorOf, cloud } = await openS3();
      const client = administratorOf(cloud.automationAccount, { endpoint });

      await put(client, ...awkwardKeys);

      for (const key of awkwardKeys) expect(await textAt(client, key)).toBe(`at ${key}`);
    },
  );

  it('keeps its headers, its metadata and its digest', async () => {
    const { client } = await openS3();
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: 'a.csv',
        Body: 'hello',
        ContentType: 'text/csv',
        ContentDisposition: 'attachment; filename="a.csv"',
        CacheControl: 'no-store',
        Metadata: { month: '2026-10' },
        Tagging: 'kind=report&cost%20center=x',
      }),
    );

    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a.csv' }));
    const tags = await client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'a.csv' }));

    expect(head).toMatchObject({
      ContentLength: 5,
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      ContentType: 'text/csv',
      ContentDisposition: 'attachment; filename="a.csv"',
      CacheControl: 'no-store',
      Metadata: { month: '2026-10' },
      ServerSideEncryption: 'AES256',
      LastModified: new Date('2026-11-22T09:00:00Z'),
    });
    expect(tags.TagSet).toEqual([
      { Key: 'kind', Value: 'report' },
      { Key: 'cost center', Value: 'x' },
    ]);
  });

  it('can be told to come in only where nothing is, or only where it is known what is there', async () => {
    const { client } = await openS3();
    const write = (conditions: Partial<PutObjectCommandInput>) =>
      client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x', ...conditions }));

    const { ETag } = await write({ IfNoneMatch: '*' });
    await expect(write({ IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    await write({ IfMatch: ETag });
    await expect(write({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(write({ Key: 'b', IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it.each<[string, Partial<PutObjectCommandInput>, number]>([
    ['AccessControlListNotSupported', { ACL: 'public-read' }, 400],
    ['NotImplemented', { StorageClass: 'GLACIER' }, 501],
    ['NotImplemented', { ObjectLockMode: 'GOVERNANCE' }, 501],
    ['NoSuchBucket', { Bucket: 'nowhere' }, 404],
    ['KeyTooLongError', { Key: 'x'.repeat(1025) }, 400],
    ['InvalidTag', { Tagging: 'aws:x=1' }, 400],
    ['AccessDenied', { ExpectedBucketOwner: member }, 403],
  ])('is refused with %s for %j', async (name, input, httpStatusCode) => {
    const { client } = await openS3();

    const write = client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x', ...input }));

    await expect(write).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });
});

describe('when an object is read', () => {
  const read = async (input: Partial<GetObjectCommandInput>) => {
    const { client } = await openS3();
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: '0123456789' }));
    return client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', ...input }));
  };

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=5-100', '56789', 'bytes 5-9/10'],
    ['lines=1-2', '0123456789', undefined],
  ])('gives the range %s as %s', async (Range, expected, contentRange) => {
    const { Body, ContentRange, ContentLength } = await read({ Range });

    expect(await Body?.transformToString()).toBe(expected);
    expect(ContentRange).toBe(contentRange);
    expect(ContentLength).toBe(expected.length);
  });

  it('has no range beyond its end', async () => {
    await expect(read({ Range: 'bytes=10-12' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });

  it('is not sent again to whoever has it', async () => {
    const digest = '"781e5e245d69b566979b86e28d23f2c7"';
    const notModified = { $metadata: { httpStatusCode: 304 } };

    await expect(read({ IfNoneMatch: digest })).rejects.toMatchObject(notModified);
    const since = new Date('2026-11-22T09:00:00Z');
    await expect(read({ IfModifiedSince: since })).rejects.toMatchObject(notModified);
    await expect(read({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(read({ IfNoneMatch: '"other"' })).resolves.toMatchObject({ ETag: digest });
  });

  it('tells of itself what the link says', async () => {
    const answer = await read({ ResponseContentType: 'text/csv', ResponseContentDisposition: 'attachment' });

    expect(answer).toMatchObject({ ContentType: 'text/csv', ContentDisposition: 'attachment' });
  });

  it('is missed in the words of S3', async () => {
    const { client } = await openS3();
    const absent = { Bucket: bucket, Key: 'absent' };

    await expect(client.send(new GetObjectCommand(absent))).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
      Key: 'absent',
    });
    await expect(client.send(new HeadObjectCommand(absent))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('when an object is copied', () => {
  const source = (key: string) => encodeURIComponent(`${bucket}/${key}`);

  it('takes bytes, metadata and tags along, from any key', async () => {
    const { client } = await openS3();
    for (const key of awkwardKeys) {
      await put(client, key);
      await client.send(
        new CopyObjectCommand({ Bucket: bucket, Key: `copy/${key}`, CopySource: source(key) }),
      );
      expect(await textAt(client, `copy/${key}`)).toBe(`at ${key}`);
    }
  });

  it('can replace the metadata, also in its own place', async () => {
    const { client } = await openS3();
    await put(client, 'a');
    const copy = { Bucket: bucket, Key: 'a', CopySource: source('a') };

    await expect(client.send(new CopyObjectCommand(copy))).rejects.toMatchObject({ name: 'InvalidRequest' });
    await client.send(
      new CopyObjectCommand({ ...copy, MetadataDirective: 'REPLACE', ContentType: 'text/csv' }),
    );

    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
    expect(head.ContentType).toBe('text/csv');
  });

  it('is refused when the source is not what it should be', async () => {
    const { client } = await openS3();
    await put(client, 'a');
    const copy = (input: object) =>
      client.send(new CopyObjectCommand({ Bucket: bucket, Key: 'b', CopySource: source('a'), ...input }));

    await expect(copy({ CopySource: source('absent') })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(copy({ CopySource: 'nowhere/a' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(copy({ CopySourceIfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
  });
});

describe('when objects are deleted', () => {
  it('leaves nothing of what they were before', async () => {
    const { client } = await openS3();
    await put(client, 'a', 'a');

    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a' }));

    await expect(textAt(client, 'a')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('takes many at once, and does not mind those that are not there', async () => {
    const { client } = await openS3();
    await put(client, ...awkwardKeys);
    const Objects = [...awkwardKeys, 'absent'].map((Key) => ({ Key }));

    const { Deleted, Errors } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }),
    );

    expect(Deleted?.map(({ Key }) => Key)).toEqual([...awkwardKeys, 'absent']);
    expect(Errors ?? []).toEqual([]);
    await expect(textAt(client, 'plain.csv')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('says nothing of those that went when asked to be quiet', async () => {
    const { client } = await openS3();
    await put(client, 'a');

    const { Deleted } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: 'a' }], Quiet: true } }),
    );

    expect(Deleted ?? []).toEqual([]);
  });
});

describe('when a bucket keeps versions', () => {
  async function openWithVersions() {
    const opened = await openS3();
    const write = async (Body: string) =>
      (await opened.client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body }))).VersionId;
    const version = (Status: 'Enabled' | 'Suspended') =>
      opened.client.send(
        new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status } }),
      );
    const before = await write('zero');
    await version('Enabled');
    return { ...opened, write, version, before };
  }

  it('gives the newest, and each older one by name', async () => {
    const { client, write, before } = await openWithVersions();
    const first = await write('one');
    const second = await write('two');

    expect(before).toBeUndefined();
    expect(await textAt(client, 'a')).toBe('two');
    expect(await textAt(client, 'a', first)).toBe('one');
    expect(await textAt(client, 'a', 'null')).toBe('zero');
    expect(second).not.toBe(first);
    await expect(textAt(client, 'a', 'x')).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  it('marks a key as deleted, until the mark is taken away', async () => {
    const { client } = await openWithVersions();

    const mark = await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a' }));
    expect(mark.DeleteMarker).toBe(true);
    await expect(textAt(client, 'a')).rejects.toMatchObject({
      name: 'NoSuchKey',
      $response: { headers: { 'x-amz-delete-marker': 'true' } },
    });
    await expect(textAt(client, 'a', mark.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });

    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a', VersionId: mark.VersionId }));
    expect(await textAt(client, 'a')).toBe('zero');
  });

  it('takes a version away for good when it is named', async () => {
    const { client, write } = await openWithVersions();
    const first = await write('one');

    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a', VersionId: first }));

    expect(await textAt(client, 'a')).toBe('zero');
  });

  it('writes over the version without a name while it is suspended', async () => {
    const { client, write, version } = await openWithVersions();
    const first = await write('one');

    await version('Suspended');
    await write('two');
    await write('three');

    expect(await textAt(client, 'a', 'null')).toBe('three');
    expect(await textAt(client, 'a', first)).toBe('one');
  });
});

describe('when the tags of an object are changed', () => {
  it('shows the new ones', async () => {
    const { client } = await openS3();
    await put(client, 'a');
    const TagSet = [{ Key: 'k', Value: 'v' }];

    await client.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: 'a', Tagging: { TagSet } }));

    const found = await client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'a' }));
    const read = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' }));
    expect(found.TagSet).toEqual(TagSet);
    expect(read.TagCount).toBe(1);
  });
});
