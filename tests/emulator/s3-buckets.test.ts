import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { automation, bucket, member, openS3, put } from './support-s3.ts';

describe('when buckets are made', () => {
  it('shows them to their account alone', async () => {
    const { client, administratorOf } = await openS3();
    await client.send(new CreateBucketCommand({ Bucket: 'another' }));

    const own = await client.send(new ListBucketsCommand({}));
    const foreign = await administratorOf(member).send(new ListBucketsCommand({}));

    expect(own.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
      ['another', 'eu-west-1'],
      [bucket, 'eu-west-1'],
    ]);
    expect(foreign.Buckets ?? []).toEqual([]);
  });

  it('gives each name once for everybody', async () => {
    const { client, administratorOf } = await openS3();
    const again = new CreateBucketCommand({ Bucket: bucket });

    await expect(client.send(again)).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
      $metadata: { httpStatusCode: 409 },
    });
    await expect(administratorOf(member).send(again)).rejects.toMatchObject({ name: 'BucketAlreadyExists' });
  });

  it('wants the region said, and a proper name', async () => {
    const { client, administratorOf } = await openS3();
    const virginia = administratorOf(member, { region: 'us-east-1' });

    const elsewhere = client.send(
      new CreateBucketCommand({
        Bucket: 'elsewhere',
        CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
      }),
    );
    await expect(elsewhere).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });
    await expect(client.send(new CreateBucketCommand({ Bucket: 'UPPER' }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
    });
    await virginia.send(new CreateBucketCommand({ Bucket: 'in-virginia' }));
    const { LocationConstraint } = await virginia.send(
      new GetBucketLocationCommand({ Bucket: 'in-virginia' }),
    );
    expect(LocationConstraint ?? '').toBe('');
  });

  it('tells where a bucket is to whoever asks in another region', async () => {
    const { administratorOf } = await openS3();
    const elsewhere = administratorOf(automation, { region: 'us-east-1' });

    const asked = elsewhere.send(new HeadBucketCommand({ Bucket: bucket }));

    await expect(asked).rejects.toMatchObject({
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'eu-west-1' } },
    });
  });

  it('takes a bucket away once it is empty', async () => {
    const { client } = await openS3();
    await put(client, 'a');

    await expect(client.send(new DeleteBucketCommand({ Bucket: bucket }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
    });
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a' }));
    await client.send(new DeleteBucketCommand({ Bucket: bucket }));
    await expect(client.send(new HeadBucketCommand({ Bucket: bucket }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('refuses with 501 what the local cloud does not know', async () => {
    const { client } = await openS3();

    await expect(client.send(new GetBucketAclCommand({ Bucket: bucket }))).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
  });
});

describe('when a bucket is set up', () => {
  it('begins private and encrypted, without versions', async () => {
    const { client } = await openS3();

    const access = await client.send(new GetPublicAccessBlockCommand({ Bucket: bucket }));
    const encryption = await client.send(new GetBucketEncryptionCommand({ Bucket: bucket }));
    const versioning = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));

    expect(access.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
    expect(versioning.Status).toBeUndefined();
  });

  it('keeps what it is told', async () => {
    const { client } = await openS3();
    const Rules = [
      {
        ID: 'tidy',
        Status: 'Enabled' as const,
        Filter: { Prefix: 'SpaReports/' },
        Transitions: [
          { Days: 30, StorageClass: 'STANDARD_IA' as const },
          { Days: 90, StorageClass: 'GLACIER' as const },
        ],
        NoncurrentVersionExpiration: { NoncurrentDays: 365 },
      },
    ];

    await client.send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    await client.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules } }),
    );
    await client.send(
      new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: [{ Key: 'a', Value: '<&>' }] } }),
    );
    await client.send(
      new PutBucketEncryptionCommand({
        Bucket: bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' },
              BucketKeyEnabled: true,
            },
          ],
        },
      }),
    );

    const versioning = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));
    const lifecycle = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
    const tagging = await client.send(new GetBucketTaggingCommand({ Bucket: bucket }));
    const encryption = await client.send(new GetBucketEncryptionCommand({ Bucket: bucket }));
    expect(versioning.Status).toBe('Enabled');
    expect(lifecycle.Rules).toEqual(Rules);
    expect(tagging.TagSet).toEqual([{ Key: 'a', Value: '<&>' }]);
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toEqual([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' },
        BucketKeyEnabled: true,
      },
    ]);
  });

  it.each([
    ['NoSuchBucketPolicy', new GetBucketPolicyCommand({ Bucket: bucket })],
    ['NoSuchTagSet', new GetBucketTaggingCommand({ Bucket: bucket })],
    ['NoSuchLifecycleConfiguration', new GetBucketLifecycleConfigurationCommand({ Bucket: bucket })],
  ])('answers %s for what it was never told', async (name, command) => {
    const { client } = await openS3();

    await expect(client.send(command as GetBucketPolicyCommand)).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('when a bucket has a policy', () => {
  const policy = (statement: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*`, ...statement },
      ],
    });

  it('gives it back as it was put', async () => {
    const { client } = await openS3();
    const Policy = policy({ Principal: { AWS: member } });

    await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));

    expect((await client.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy).toBe(Policy);
  });

  it.each([
    ['is no JSON', 'open sesame'],
    ['speaks of another bucket', policy({ Principal: '*', Resource: 'arn:aws:s3:::other/*' })],
    ['speaks of nobody', policy({})],
  ])('is refused when it %s', async (_why, Policy) => {
    const { client } = await openS3();

    await expect(client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))).rejects.toMatchObject({
      name: 'MalformedPolicy',
    });
  });

  it('is refused when it lets everybody in, until that is no longer blocked', async () => {
    const { client } = await openS3();
    const open = new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy({ Principal: '*' }) });

    await expect(client.send(open)).rejects.toMatchObject({ name: 'AccessDenied' });

    await client.send(
      new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration: {} }),
    );
    await client.send(open);
  });
});
