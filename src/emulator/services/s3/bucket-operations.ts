import { AwsError, notImplemented } from '../../aws-error.ts';
import type { SimulatedClock } from '../../clock.ts';
import type { Call, HttpResponse } from '../../service.ts';
import { canonicalId, createBucket } from './bucket.ts';
import type { Buckets, S3Input } from './buckets.ts';
import { emptyAnswer, xmlAnswer } from './s3-answer.ts';
import { invalidArgument } from './s3-errors.ts';
import { readXml, textIn } from './xml.ts';

const bucketsOnAPage = 10_000;

/** Buckets come, go and are found; a bucket with anything in it stays. */
export function createBucketOperations(buckets: Buckets, clock: SimulatedClock) {
  function create({ Bucket: name = '' }: S3Input, call: Call): HttpResponse {
    checkName(name);
    checkLocation(call);
    refuseLocks(call);
    const known = buckets.byName.get(name);
    if (known && known.owner !== call.account) {
      throw new AwsError(
        'BucketAlreadyExists',
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. ' +
          'Please select a different name and try again.',
        409,
        { BucketName: name },
      );
    }
    // By an old promise, us-east-1 says yes to what is there already.
    if (known && (known.region !== 'us-east-1' || call.region !== 'us-east-1')) {
      throw new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
        { BucketName: name },
      );
    }
    const place = { name, owner: call.account, region: call.region, createdAt: wholeSeconds(clock.now()) };
    if (!known) buckets.byName.set(name, createBucket(place));
    return emptyAnswer(200, { location: `/${name}` });
  }

  function remove(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    if (bucket.entries.size > 0) {
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
        BucketName: bucket.name,
      });
    }
    buckets.byName.delete(bucket.name);
    return emptyAnswer(204);
  }

  function list(_input: S3Input, { account, http: { query } }: Call): HttpResponse {
    const prefix = query.get('prefix') ?? '';
    const region = query.get('bucket-region');
    const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString();
    const size = Number(query.get('max-buckets') ?? bucketsOnAPage);
    const owned = [...buckets.byName.values()]
      .filter((bucket) => bucket.owner === account && bucket.name.startsWith(prefix) && bucket.name > after)
      .filter((bucket) => region === null || bucket.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = owned.slice(0, size);
    const last = owned.length > size ? page.at(-1) : undefined;
    return xmlAnswer('ListAllMyBucketsResult', {
      Owner: { ID: canonicalId(account) },
      Buckets: {
        Bucket: page.map(({ name, createdAt, region: BucketRegion }) => ({
          Name: name,
          CreationDate: createdAt,
          BucketRegion,
        })),
      },
      ContinuationToken: last && Buffer.from(last.name).toString('base64url'),
      Prefix: prefix === '' ? undefined : prefix,
    });
  }

  return {
    CreateBucket: create,
    DeleteBucket: remove,
    ListBuckets: list,
    HeadBucket: (input: S3Input, call: Call) =>
      emptyAnswer(200, { 'x-amz-bucket-region': buckets.find(input, call).region }),
    GetBucketLocation: (input: S3Input, call: Call) => {
      const { region } = buckets.findAnywhere(input, call);
      return xmlAnswer('LocationConstraint', region === 'us-east-1' ? '' : region);
    },
  };
}

/** S3 tells times to the second. */
export function wholeSeconds(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}

function checkName(name: string) {
  const valid = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name);
  if (valid && !name.includes('..') && !/^\d+\.\d+\.\d+\.\d+$/.test(name)) return;
  throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
}

/** Everywhere but in us-east-1, the region must be said again in the body. */
function checkLocation({ region, http: { body } }: Call) {
  const asked = body.byteLength === 0 ? undefined : textIn(readXml(body), 'LocationConstraint');
  if (region === 'us-east-1' && asked === 'us-east-1') {
    throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid');
  }
  if (asked === region || (asked === undefined && region === 'us-east-1')) return;
  throw new AwsError(
    'IllegalLocationConstraintException',
    `The ${asked ?? 'unspecified'} location constraint is incompatible for the region specific endpoint ` +
      'this request was sent to.',
  );
}

function refuseLocks({ http: { headers } }: Call) {
  if (headers['x-amz-bucket-object-lock-enabled'] === 'true') throw notImplemented('s3', 'object lock');
  const acl = headers['x-amz-acl'];
  if (acl !== undefined && acl !== 'private') {
    throw invalidArgument('Bucket cannot have ACLs set with ObjectOwnership', 'x-amz-acl', acl);
  }
}
