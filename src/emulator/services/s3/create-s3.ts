import type { Platform } from '../../platform.ts';
import type { HttpRequest, HttpResponse, Run, Service } from '../../service.ts';
import { s3Access } from './access.ts';
import { createBucketOperations } from './bucket-operations.ts';
import { createBucketSettings } from './bucket-settings.ts';
import { createBuckets } from './buckets.ts';
import { createDeleteOperations } from './delete-object.ts';
import { createListOperations } from './list-objects.ts';
import { createUploadListings } from './list-uploads.ts';
import { createMultipartOperations } from './multipart-operations.ts';
import { createObjectTagOperations } from './object-tags.ts';
import { createPermissions } from './permissions.ts';
import { checkPresigned } from './presigned.ts';
import { createObjectFinder, createReadOperations } from './read-object.ts';
import { errorAnswer } from './s3-answer.ts';
import { addressOf } from './s3-address.ts';
import { operationOf } from './s3-operation.ts';
import { createWriteOperations } from './write-object.ts';

export interface S3 {
  readonly service: Service;
}

/** S3 with every object in memory. `realTime`, in milliseconds, is what presigned links expire by. */
export function createS3(platform: Platform, options: { readonly realTime?: () => number } = {}): S3 {
  const buckets = createBuckets();
  const realTime = options.realTime ?? Date.now;
  const permissions = createPermissions(platform.identity);
  const find = createObjectFinder(buckets, permissions);
  const operations: Record<string, Run> = {
    ...createBucketOperations(buckets, platform.clock),
    ...createBucketSettings(buckets),
    ...createListOperations(buckets),
    ...createReadOperations(find),
    ...createWriteOperations(buckets, platform, permissions),
    ...createDeleteOperations(buckets, platform, permissions),
    ...createObjectTagOperations(find),
    ...createUploadListings(buckets),
    ...createMultipartOperations(buckets, platform, permissions),
  };
  return {
    service: {
      name: 's3',
      protocol: {
        kind: 'custom',
        read(http) {
          checkPresigned(http, realTime);
          return readRequest(http);
        },
        write: answerOf,
        writeError: errorAnswer,
      },
      operations,
      access: s3Access(buckets),
    },
  };
}

function readRequest(http: HttpRequest): { operation: string; input: Record<string, unknown> } {
  const address = addressOf(http);
  return { operation: operationOf(http, address), input: { Bucket: address.bucket, Key: address.key } };
}

/** Operations of S3 answer with all that goes over the wire. */
function answerOf(output: unknown): HttpResponse {
  if (isAnswer(output)) return output;
  throw new TypeError('An operation of S3 did not answer');
}

function isAnswer(output: unknown): output is HttpResponse {
  return typeof output === 'object' && output !== null && 'status' in output && 'headers' in output;
}
