import { AwsError } from '../../aws-error.ts';
import type { StoredObject } from './bucket.ts';
import { checksumOf, compositeChecksum, md5, type Checksum } from './checksums.ts';
import type { Upload, UploadedPart } from './multipart-upload.ts';
import { malformedXml } from './s3-errors.ts';
import { childrenOf, readXml, textIn, type XmlElement } from './xml.ts';

const smallestPart = 5 * 1024 * 1024;

/** Puts the named parts together. Throws InvalidPart, InvalidPartOrder or EntityTooSmall. */
export function completedObject(
  upload: Upload,
  request: Uint8Array,
  place: Pick<StoredObject, 'version' | 'modifiedAt'>,
): StoredObject {
  const root = readXml(request);
  const named = childrenOf(root, 'Part');
  if (root.name !== 'CompleteMultipartUpload' || named.length === 0) throw malformedXml();
  const parts = named.map((element) => partOf(upload, element));
  checkOrder(parts);
  checkSizes(parts);
  const body = Buffer.concat(parts.map((part) => part.body));
  const digests = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex')));
  return {
    kind: 'object',
    ...place,
    body,
    etag: `"${md5(digests).toString('hex')}-${parts.length}"`,
    headers: upload.headers,
    checksum: checksumFor(upload, parts, body),
    tags: upload.tags,
  };
}

function partOf(upload: Upload, element: XmlElement): UploadedPart {
  const part = upload.parts.get(Number(textIn(element, 'PartNumber')));
  const etag = textIn(element, 'ETag')?.replaceAll('"', '');
  if (part && part.etag === `"${etag}"`) return part;
  throw new AwsError(
    'InvalidPart',
    'One or more of the specified parts could not be found. The part may not have been uploaded, ' +
      "or the specified entity tag may not match the part's entity tag.",
    400,
    { UploadId: upload.id, PartNumber: textIn(element, 'PartNumber') ?? '' },
  );
}

function checkOrder(parts: readonly UploadedPart[]) {
  const ascending = parts.every((part, index) => part.number > (parts[index - 1]?.number ?? 0));
  if (ascending) return;
  throw new AwsError(
    'InvalidPartOrder',
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
  );
}

function checkSizes(parts: readonly UploadedPart[]) {
  const small = parts.slice(0, -1).find(({ body }) => body.byteLength < smallestPart);
  if (!small) return;
  throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
    ProposedSize: small.body.byteLength,
    MinSizeAllowed: smallestPart,
    PartNumber: small.number,
  });
}

function checksumFor(
  { algorithm, checksumType }: Upload,
  parts: readonly UploadedPart[],
  body: Uint8Array,
): Checksum | undefined {
  if (!algorithm) return undefined;
  if (checksumType === 'FULL_OBJECT')
    return { algorithm, value: checksumOf(algorithm, body), type: checksumType };
  const values = parts.map((part) => part.checksum?.value ?? checksumOf(algorithm, part.body));
  return compositeChecksum(algorithm, values);
}
