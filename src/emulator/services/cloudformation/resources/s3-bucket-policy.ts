import { DeleteBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { document, text } from './property-shapes.ts';
import { defineResource } from './resource-provider.ts';

const shape = z.strictObject({ Bucket: text, PolicyDocument: document });

/** AWS::S3::BucketPolicy */
export const s3BucketPolicy = defineResource({
  type: 'AWS::S3::BucketPolicy',
  shape,
  async create({ Bucket, PolicyDocument: Policy }, { clients: { s3 } }) {
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    return { physicalId: Bucket, reference: Bucket, attributes: {} };
  },
  async update({ resource, former, properties: { Bucket, PolicyDocument: Policy } }, { clients: { s3 } }) {
    if (Bucket !== former.Bucket) return undefined;
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    return resource;
  },
  remove: (_, { Bucket }, { clients: { s3 } }) =>
    unlessGone(s3.send(new DeleteBucketPolicyCommand({ Bucket }))),
});
