import { AwsError } from '../../aws-error.ts';
import { childrenOf, readXml, textIn, type XmlValue } from './xml.ts';
import { malformedXml } from './s3-errors.ts';

/** The body of a request that sets tags. Throws MalformedXML, InvalidTag or BadRequest. */
export function readTagSet(body: Uint8Array, most: number): ReadonlyMap<string, string> {
  const root = readXml(body);
  const [set] = childrenOf(root, 'TagSet');
  if (root.name !== 'Tagging' || !set) throw malformedXml();
  const pairs = childrenOf(set, 'Tag').map(
    (tag) => [textIn(tag, 'Key') ?? '', textIn(tag, 'Value') ?? ''] as const,
  );
  return checkedTags(pairs, most);
}

/** The header `x-amz-tagging`, which has the form of a query. */
export function readTagHeader(header: string | undefined): ReadonlyMap<string, string> {
  return checkedTags([...new URLSearchParams(header ?? '')], mostObjectTags);
}

export const mostObjectTags = 10;

export function tagSetOf(tags: ReadonlyMap<string, string>): XmlValue {
  return { TagSet: { Tag: [...tags].map(([Key, Value]) => ({ Key, Value })) } };
}

function checkedTags(
  pairs: readonly (readonly [string, string])[],
  most: number,
): ReadonlyMap<string, string> {
  const tags = new Map(pairs);
  for (const [key, value] of tags) {
    if (key === '' || key.length > 128 || key.startsWith('aws:'))
      throw invalidTag('The TagKey you have provided is invalid');
    if (value.length > 256) throw invalidTag('The TagValue you have provided is invalid');
  }
  if (tags.size < pairs.length) throw invalidTag('Cannot provide multiple Tags with the same key');
  if (tags.size > most) {
    throw new AwsError('BadRequest', `Object tags cannot be greater than ${most}`);
  }
  return tags;
}

function invalidTag(message: string): AwsError {
  return new AwsError('InvalidTag', message);
}
