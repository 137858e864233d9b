import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { bucket, openS3, put, textAt } from './support-s3.ts';

const megabyte = 1024 * 1024;

describe('when an upload carries a checksum', () => {
  it.each(['CRC32', 'SHA1', 'SHA256'] as const)('keeps %s and tells it', async (ChecksumAlgorithm) => {
    const { client } = await openS3();

    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'abc', ChecksumAlgorithm }));

    const read = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: 'a', ChecksumMode: 'ENABLED' }),
    );
    expect(await read.Body?.transformToString()).toBe('abc');
    expect(read).toMatchObject({ [`Checksum${ChecksumAlgorithm}`]: expect.any(String) });
  });

  it.each([
    ['BadDigest', { ChecksumCRC32: 'AAAAAA==' }],
    ['BadDigest', { ChecksumSHA256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }],
    ['BadDigest', { ContentMD5: '1B2M2Y8AsgTpgAmY7PhCfg==' }],
    ['InvalidDigest', { ContentMD5: 'short' }],
  ])('is refused with %s for %j', async (name, checksum) => {
    const { client } = await openS3();

    const upload = client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'abc', ...checksum }));

    await expect(upload).rejects.toMatchObject({ name });
  });

  it('refuses with 501 the algorithms that it does not know', async () => {
    const { client } = await openS3();

    const upload = client.send(
      new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'abc', ChecksumCRC64NVME: 'x' }),
    );

    await expect(upload).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  });
});

describe('when an upload is streamed', () => {
  it('takes the chunks and their trailing checksum apart', async () => {
    const { client } = await openS3();
    const content = Buffer.alloc(300_000, 'x\r\n0;');

    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: 'a',
        Body: Readable.from([content.subarray(0, 100_000), content.subarray(100_000)]),
        ContentLength: content.byteLength,
        ContentEncoding: 'gzip',
      }),
    );

    const read = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: 'a', ChecksumMode: 'ENABLED' }),
    );
    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(content)).toBe(true);
    expect(read.ContentEncoding).toBe('gzip');
    expect(read.ChecksumCRC32).toBeDefined();
  });

  it.each([
    ['5;chunk-signature=aa\r\nhello\r\n0;chunk-signature=bb\r\n\r\n', 200],
    ['5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', 200],
    ['5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 400],
    ['5\r\nhel', 400],
    ['5\r\nhello\r\n', 400],
  ])('answers %j with status %i', async (body, status) => {
    const { cloud, client } = await openS3();

    const answer = await cloud.answer(
      {
        method: 'PUT',
        path: `/${bucket}/a`,
        query: new URLSearchParams(),
        headers: {
          host: '127.0.0.1:4566',
          authorization: 'AWS4-HMAC-SHA256 Credential=x/20261122/eu-west-1/s3/aws4_request',
          'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
          'x-amz-decoded-content-length': '5',
          'content-encoding': 'aws-chunked',
        },
        body: Buffer.from(body),
      },
      'client',
    );

    expect(answer.status).toBe(status);
    if (status === 200) expect(await textAt(client, 'a')).toBe('hello');
  });
});

describe('when an object is uploaded in parts', () => {
  async function openUpload(options: Partial<CreateMultipartUploadCommandInput> = {}) {
    const { client, cloud } = await openS3();
    const target = { Bucket: bucket, Key: 'big file' };
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ ...target, ContentType: 'text/csv', ...options }),
    );
    const upload = { ...target, UploadId };
    const part = async (PartNumber: number, Body: string | Buffer) => {
      const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
      return { PartNumber, ETag };
    };
    const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) =>
      client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    return { client, cloud, target, upload, part, complete };
  }

  it('puts them together in their order, whatever the order they came in', async () => {
    const { client, target, part, complete } = await openUpload();
    const head = Buffer.alloc(5 * megabyte, 'a');
    const second = await part(2, 'the end');
    const first = await part(1, head);

    const { ETag } = await complete([first, second]);

    const read = await client.send(new GetObjectCommand(target));
    const body = await read.Body?.transformToString();
    expect(body?.length).toBe(head.byteLength + 7);
    expect(body?.endsWith('athe end')).toBe(true);
    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect(read).toMatchObject({ ETag, ContentType: 'text/csv' });
  });

  it.each([
    ['COMPOSITE', /-1$/],
    ['FULL_OBJECT', /^NhCmhg==$/],
  ] as const)('has a checksum that is %s', async (ChecksumType, pattern) => {
    const { client, target, part, complete } = await openUpload({ ChecksumAlgorithm: 'CRC32', ChecksumType });

    await complete([await part(1, 'hello')]);

    const head = await client.send(new HeadObjectCommand({ ...target, ChecksumMode: 'ENABLED' }));
    expect(head.ChecksumCRC32).toMatch(pattern);
    expect(head.ChecksumType).toBe(ChecksumType);
  });

  it('shows its parts, and takes some from other objects', async () => {
    const { client, target, upload, complete } = await openUpload();
    await put(client, 'source');
    const { CopyPartResult } = await client.send(
      new UploadPartCopyCommand({
        ...upload,
        PartNumber: 1,
        CopySource: `${bucket}/source`,
        CopySourceRange: 'bytes=3-5',
      }),
    );

    const { Parts } = await client.send(new ListPartsCommand(upload));
    await complete([{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);

    expect(Parts).toMatchObject([{ PartNumber: 1, Size: 3, ETag: CopyPartResult?.ETag }]);
    expect(await textAt(client, target.Key)).toBe('sou');
  });

  it('is refused when parts are missing, too small or out of order', async () => {
    const { part, complete } = await openUpload();
    const [first, second] = [await part(1, 'small'), await part(2, 'small')];

    await expect(complete([first, second])).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete([second, first])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([{ PartNumber: 7, ETag: '"x"' }])).rejects.toMatchObject({ name: 'InvalidPart' });
  });

  it('is forgotten when it is given up', async () => {
    const { client, upload, target } = await openUpload();

    await client.send(new AbortMultipartUploadCommand(upload));

    await expect(client.send(new ListPartsCommand(upload))).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(textAt(client, target.Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
