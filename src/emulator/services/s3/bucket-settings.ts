import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Call, HttpResponse } from '../../service.ts';
import { bucketArn, defaultEncryption, type Bucket, type PublicAccessBlock } from './bucket.ts';
import { checkBucketPolicy, isPublic } from './bucket-policy.ts';
import type { Buckets, S3Input } from './buckets.ts';
import { emptyAnswer, xmlAnswer } from './s3-answer.ts';
import { malformedXml } from './s3-errors.ts';
import { readTagSet, tagSetOf } from './tags.ts';
import { textOf } from '../../wire/json-protocol.ts';
import { childrenOf, readXml, textIn, valueOf, type XmlElement } from './xml.ts';

type Operation = (input: S3Input, call: Call) => HttpResponse;

/** What a bucket is told once and keeps. Lifecycle rules are kept and given back; nothing expires by them. */
export function createBucketSettings(buckets: Buckets): Record<string, Operation> {
  const reading =
    (read: (bucket: Bucket) => HttpResponse): Operation =>
    (input, call) =>
      read(buckets.find(input, call));

  const writing =
    (status: 200 | 204, write: (bucket: Bucket, call: Call) => void): Operation =>
    (input, call) => {
      write(buckets.find(input, call), call);
      return emptyAnswer(status);
    };

  return {
    GetBucketVersioning: reading(({ versioning }) =>
      xmlAnswer('VersioningConfiguration', { Status: versioning }),
    ),
    PutBucketVersioning: writing(200, (bucket, call) => {
      bucket.versioning = readVersioning(root(call, 'VersioningConfiguration'));
    }),

    GetBucketPolicy: reading(({ name, policy }) => {
      if (policy === undefined) throw missing('NoSuchBucketPolicy', 'The bucket policy does not exist', name);
      return { status: 200, headers: { 'content-type': 'application/json' }, body: policy };
    }),
    PutBucketPolicy: writing(204, (bucket, call) => {
      const text = textOf(call.http.body);
      checkBucketPolicy(text, bucket.name);
      if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublic(text)) throw blocked(bucket, call);
      bucket.policy = text;
    }),
    DeleteBucketPolicy: writing(204, (bucket) => {
      bucket.policy = undefined;
    }),

    GetPublicAccessBlock: reading(({ name, publicAccessBlock }) => {
      if (publicAccessBlock) return xmlAnswer('PublicAccessBlockConfiguration', { ...publicAccessBlock });
      const message = 'The public access block configuration was not found';
      throw missing('NoSuchPublicAccessBlockConfiguration', message, name);
    }),
    PutPublicAccessBlock: writing(200, (bucket, call) => {
      bucket.publicAccessBlock = readPublicAccessBlock(root(call, 'PublicAccessBlockConfiguration'));
    }),
    DeletePublicAccessBlock: writing(204, (bucket) => {
      bucket.publicAccessBlock = undefined;
    }),

    GetBucketEncryption: reading(({ encryption: { algorithm, keyId, bucketKey } }) =>
      xmlAnswer('ServerSideEncryptionConfiguration', {
        Rule: {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: keyId },
          BucketKeyEnabled: bucketKey,
        },
      }),
    ),
    PutBucketEncryption: writing(200, (bucket, call) => {
      bucket.encryption = readEncryption(root(call, 'ServerSideEncryptionConfiguration'));
    }),
    DeleteBucketEncryption: writing(204, (bucket) => {
      bucket.encryption = defaultEncryption;
    }),

    GetBucketLifecycleConfiguration: reading(({ name, lifecycle }) => {
      if (lifecycle !== undefined) return xmlAnswer('LifecycleConfiguration', lifecycle);
      const message = 'The lifecycle configuration does not exist';
      throw missing('NoSuchLifecycleConfiguration', message, name);
    }),
    PutBucketLifecycleConfiguration: writing(200, (bucket, call) => {
      const configuration = root(call, 'LifecycleConfiguration');
      if (childrenOf(configuration, 'Rule').length === 0) throw malformedXml();
      bucket.lifecycle = valueOf(configuration);
    }),
    DeleteBucketLifecycle: writing(204, (bucket) => {
      bucket.lifecycle = undefined;
    }),

    GetBucketTagging: reading(({ name, tags }) => {
      if (tags.size === 0) throw missing('NoSuchTagSet', 'The TagSet does not exist', name);
      return xmlAnswer('Tagging', tagSetOf(tags));
    }),
    PutBucketTagging: writing(204, (bucket, call) => {
      bucket.tags = readTagSet(call.http.body, 50);
    }),
    DeleteBucketTagging: writing(204, (bucket) => {
      bucket.tags = new Map();
    }),
  };
}

function root(call: Call, name: string): XmlElement {
  const element = readXml(call.http.body);
  if (element.name !== name) throw malformedXml();
  return element;
}

function missing(code: string, message: string, bucket: string): AwsError {
  return new AwsError(code, message, 404, { BucketName: bucket });
}

function blocked({ name }: Bucket, { caller }: Call): AwsError {
  return new AwsError(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(name)}" ` +
      'because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
    403,
  );
}

function readVersioning(element: XmlElement): 'Enabled' | 'Suspended' {
  if (textIn(element, 'MfaDelete') === 'Enabled') throw notImplemented('s3', 'MFA delete');
  const status = textIn(element, 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') {
    throw new AwsError('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
  }
  return status;
}

function readPublicAccessBlock(element: XmlElement): PublicAccessBlock {
  const flag = (name: string) => textIn(element, name) === 'true';
  return {
    BlockPublicAcls: flag('BlockPublicAcls'),
    IgnorePublicAcls: flag('IgnorePublicAcls'),
    BlockPublicPolicy: flag('BlockPublicPolicy'),
    RestrictPublicBuckets: flag('RestrictPublicBuckets'),
  };
}

function readEncryption(element: XmlElement) {
  const [rule] = childrenOf(element, 'Rule');
  const [byDefault] = rule ? childrenOf(rule, 'ApplyServerSideEncryptionByDefault') : [];
  const algorithm = byDefault && textIn(byDefault, 'SSEAlgorithm');
  if (!rule || !byDefault || (algorithm !== 'AES256' && algorithm !== 'aws:kms')) throw malformedXml();
  const keyId = textIn(byDefault, 'KMSMasterKeyID');
  return { algorithm, keyId, bucketKey: textIn(rule, 'BucketKeyEnabled') === 'true' };
}
