import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createS3 } from '#emulator/services/s3/create-s3.ts';
import type { HttpRequest } from '#emulator/service.ts';
import { openSmallCloud } from './support-small-cloud.ts';
import { bucket, member, openS3, opensAt, put, textAt } from './support-s3.ts';

const objects = `arn:aws:s3:::${bucket}/*`;
const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };

describe('when a role uses a bucket', () => {
  it('does what its policy names, and nothing else', async () => {
    const { client, clientThatMay } = await openS3();
    await put(client, 'a');
    const reader = await clientThatMay({ 's3:GetObject': objects });

    expect(await textAt(reader, 'a')).toBe('at a');
    await expect(put(reader, 'b')).rejects.toMatchObject(denied);
    await expect(reader.send(new ListObjectsV2Command({ Bucket: bucket }))).rejects.toMatchObject(denied);
  });

  it('is told that an object is missing only if it may list the bucket', async () => {
    const { clientThatMay } = await openS3();
    const reader = await clientThatMay({ 's3:GetObject': objects });

    await expect(textAt(reader, 'absent')).rejects.toMatchObject(denied);
    const head = reader.send(new HeadObjectCommand({ Bucket: bucket, Key: 'absent' }));
    await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('sees a missing object as missing when it may list the bucket', async () => {
    const { clientThatMay } = await openS3();
    const reader = await clientThatMay({
      's3:GetObject': objects,
      's3:ListBucket': `arn:aws:s3:::${bucket}`,
    });

    await expect(textAt(reader, 'absent')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('needs both permissions of a copy', async () => {
    const { client, clientThatMay } = await openS3();
    await put(client, 'a');
    const writer = await clientThatMay({ 's3:PutObject': objects });

    const copy = writer.send(new CopyObjectCommand({ Bucket: bucket, Key: 'b', CopySource: `${bucket}/a` }));

    await expect(copy).rejects.toMatchObject(denied);
  });

  it('needs the permission to tag when it writes with tags', async () => {
    const { clientThatMay } = await openS3();
    const writer = await clientThatMay({ 's3:PutObject': objects });

    await put(writer, 'a');
    const tagged = writer.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x', Tagging: 'a=b' }));

    await expect(tagged).rejects.toMatchObject(denied);
  });

  it('deletes of many objects those that it may', async () => {
    const { client, clientThatMay } = await openS3();
    await put(client, 'mine/a', 'yours/b');
    const cleaner = await clientThatMay({ 's3:DeleteObject': `arn:aws:s3:::${bucket}/mine/*` });

    const { Deleted, Errors } = await cleaner.send(
      new DeleteObjectsCommand({
        Bucket: bucket,
        Delete: { Objects: [{ Key: 'mine/a' }, { Key: 'yours/b' }] },
      }),
    );

    expect(Deleted).toMatchObject([{ Key: 'mine/a' }]);
    expect(Errors).toMatchObject([{ Key: 'yours/b', Code: 'AccessDenied' }]);
    expect(await textAt(client, 'yours/b')).toBe('at yours/b');
  });
});

describe('when another account uses a bucket', () => {
  it('stays outside, until the policy of the bucket lets it in', async () => {
    const { client, administratorOf } = await openS3();
    await put(client, 'a');
    const foreigner = administratorOf(member);
    await expect(textAt(foreigner, 'a')).rejects.toMatchObject(denied);

    const Statement = [
      { Effect: 'Allow', Principal: { AWS: member }, Action: 's3:GetObject', Resource: objects },
    ];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));

    expect(await textAt(foreigner, 'a')).toBe('at a');
    await expect(put(foreigner, 'a')).rejects.toMatchObject(denied);
  });
});

describe('when a link has been presigned', () => {
  const seconds = (time: number) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');

  async function openLink(query: Readonly<Record<string, string>>, realTime: number) {
    const cloud = openSmallCloud((platform) => [createS3(platform, { realTime: () => realTime }).service]);
    const client = new S3Client(cloud.clientConfig());
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    const link = (method: string, body = ''): HttpRequest => ({
      method,
      path: `/${bucket}/a%20b`,
      query: new URLSearchParams({
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Credential': 'x/20261122/eu-west-1/s3/aws4_request',
        'X-Amz-Signature': 'x',
        ...query,
      }),
      headers: { host: '127.0.0.1:4566' },
      body: Buffer.from(body),
    });
    const answer = (method: string, body?: string) => cloud.platform.answer(link(method, body), 'client');
    const read = () => client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a b' }));
    return { answer, read };
  }

  it('writes and reads within its time', async () => {
    const { answer } = await openLink(
      { 'X-Amz-Date': seconds(opensAt), 'X-Amz-Expires': '60' },
      opensAt + 59_000,
    );

    expect(await answer('PUT', 'hello')).toMatchObject({ status: 200 });
    expect(await answer('GET')).toMatchObject({ status: 200, body: new Uint8Array(Buffer.from('hello')) });
  });

  it('is no good after its time, in the real time of whoever opens it', async () => {
    const { answer, read } = await openLink(
      { 'X-Amz-Date': seconds(opensAt), 'X-Amz-Expires': '60' },
      opensAt + 61_000,
    );

    expect(await answer('PUT', 'hello')).toMatchObject({
      status: 403,
      body: expect.stringContaining('<Message>Request has expired</Message>'),
    });
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('cannot live for more than a week', async () => {
    const { answer } = await openLink({ 'X-Amz-Date': seconds(opensAt), 'X-Amz-Expires': '604801' }, opensAt);

    expect(await answer('GET')).toMatchObject({
      status: 400,
      body: expect.stringContaining('AuthorizationQueryParametersError'),
    });
  });
});
