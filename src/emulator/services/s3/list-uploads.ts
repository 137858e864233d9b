import { notImplemented } from '../../aws-error.ts';
import type { Call, HttpResponse } from '../../service.ts';
import type { Buckets, S3Input } from './buckets.ts';
import { findUpload } from './multipart-upload.ts';
import { xmlAnswer } from './s3-answer.ts';
import type { XmlValue } from './xml.ts';

const partsOnAPage = 1000;

/** What has been uploaded so far of objects in the making. */
export function createUploadListings(buckets: Buckets) {
  function listParts(input: S3Input, call: Call): HttpResponse {
    const { bucket, upload } = findUpload(buckets, input, call);
    const { query } = call.http;
    const marker = Number(query.get('part-number-marker') ?? 0);
    const size = Math.min(Number(query.get('max-parts') ?? partsOnAPage), partsOnAPage);
    const parts = [...upload.parts.values()]
      .filter(({ number }) => number > marker)
      .sort((a, b) => a.number - b.number);
    const page = parts.slice(0, size);
    return xmlAnswer('ListPartsResult', {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: upload.id,
      PartNumberMarker: marker,
      NextPartNumberMarker: parts.length > size ? page.at(-1)?.number : undefined,
      MaxParts: size,
      IsTruncated: parts.length > size,
      StorageClass: upload.headers['x-amz-storage-class'] ?? 'STANDARD',
      Part: page.map(({ number, etag, modifiedAt, body, checksum }) => {
        const part: Record<string, XmlValue> = {
          PartNumber: number,
          LastModified: modifiedAt,
          ETag: etag,
          Size: body.byteLength,
        };
        return checksum ? { ...part, [`Checksum${checksum.algorithm}`]: checksum.value } : part;
      }),
    });
  }

  function listUploads(input: S3Input, call: Call): HttpResponse {
    const bucket = buckets.find(input, call);
    const { query } = call.http;
    if (query.has('key-marker') || query.has('upload-id-marker') || query.has('delimiter')) {
      throw notImplemented('s3', 'pages or prefixes of multipart uploads');
    }
    const prefix = query.get('prefix') ?? '';
    const uploads = [...bucket.uploads.values()].filter(({ key }) => key.startsWith(prefix));
    if (uploads.length > partsOnAPage) throw notImplemented('s3', 'pages of multipart uploads');
    const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : String;
    return xmlAnswer('ListMultipartUploadsResult', {
      Bucket: bucket.name,
      Prefix: encode(prefix),
      EncodingType: query.get('encoding-type') ?? undefined,
      MaxUploads: partsOnAPage,
      IsTruncated: false,
      Upload: uploads.map(({ id, key, initiatedAt }) => ({
        Key: encode(key),
        UploadId: id,
        Initiated: initiatedAt,
        StorageClass: 'STANDARD',
      })),
    });
  }

  return { ListParts: listParts, ListMultipartUploads: listUploads };
}
