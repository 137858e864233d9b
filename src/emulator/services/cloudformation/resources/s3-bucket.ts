import {
  CreateBucketCommand,
  DeleteBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type BucketLocationConstraint,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { flag, tagList, tagsFrom, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';

const shape = z.strictObject({
  BucketName: text.optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  BucketEncryption: z
    .strictObject({
      ServerSideEncryptionConfiguration: z.array(
        z.strictObject({
          ServerSideEncryptionByDefault: z.strictObject({
            SSEAlgorithm: z.enum(['AES256', 'aws:kms']),
            KMSMasterKeyID: text.optional(),
          }),
          BucketKeyEnabled: flag.optional(),
        }),
      ),
    })
    .optional(),
  OwnershipControls: z
    .strictObject({ Rules: z.array(z.strictObject({ ObjectOwnership: z.literal('BucketOwnerEnforced') })) })
    .optional(),
  PublicAccessBlockConfiguration: z
    .strictObject({
      BlockPublicAcls: flag.optional(),
      BlockPublicPolicy: flag.optional(),
      IgnorePublicAcls: flag.optional(),
      RestrictPublicBuckets: flag.optional(),
    })
    .optional(),
  Tags: tagList,
});

type Settings = z.infer<typeof shape>;

/** AWS::S3::Bucket, whose objects belong to its owner */
export const s3Bucket = defineResource({
  type: 'AWS::S3::Bucket',
  shape,
  async create(settings, site) {
    const Bucket = settings.BucketName ?? site.givenName.toLowerCase();
    const place = { LocationConstraint: site.region as BucketLocationConstraint };
    await site.clients.s3.send(
      new CreateBucketCommand({
        Bucket,
        ObjectOwnership: settings.OwnershipControls?.Rules[0]?.ObjectOwnership,
        ...(site.region === 'us-east-1' ? {} : { CreateBucketConfiguration: place }),
      }),
    );
    await configure(Bucket, settings, site);
    return describe(Bucket, site);
  },
  async update({ resource: { physicalId: Bucket }, former, properties: settings }, site) {
    if (settings.BucketName !== former.BucketName) return undefined;
    await configure(Bucket, settings, site);
    return describe(Bucket, site);
  },
  remove: ({ physicalId: Bucket }, _, { clients: { s3 } }) =>
    unlessGone(s3.send(new DeleteBucketCommand({ Bucket }))),
});

async function configure(Bucket: string, settings: Settings, { clients: { s3 }, tags }: Site): Promise<void> {
  const { VersioningConfiguration, BucketEncryption, PublicAccessBlockConfiguration } = settings;
  if (VersioningConfiguration)
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  if (BucketEncryption) {
    const Rules = BucketEncryption.ServerSideEncryptionConfiguration.map(
      ({ ServerSideEncryptionByDefault, BucketKeyEnabled }) => ({
        ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
        BucketKeyEnabled,
      }),
    );
    const ServerSideEncryptionConfiguration = { Rules };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
  }
  if (PublicAccessBlockConfiguration)
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  const TagSet = tagsFrom(settings.Tags, tags);
  if (TagSet.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
}

function describe(Bucket: string, { region }: Site) {
  const host = `${Bucket}.s3.${region}.amazonaws.com`;
  const attributes = { Arn: `arn:aws:s3:::${Bucket}`, RegionalDomainName: host };
  return { physicalId: Bucket, reference: Bucket, attributes };
}
