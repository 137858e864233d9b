import type {
  CreateTopicInput,
  CreateTopicResponse,
  DeleteTopicInput,
  GetTopicAttributesInput,
  ListTagsForResourceRequest,
  ListTopicsInput,
  ListTopicsResponse,
  SetTopicAttributesInput,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-sns';
import { parsePolicy } from '#emulator/identity/policy-document.ts';
import { AwsError, notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Call } from '../../service.ts';
import { describeTopic } from './describe-topic.ts';
import { invalidParameter } from './sns-refusals.ts';
import { topicArn, type Topic, type Topics } from './topics.ts';

const mostOnAPage = 100;
const mostTags = 50;
const settable = new Set(['DisplayName', 'Policy', 'KmsMasterKeyId']);

/** Topics, their attributes and their tags. */
export function topicOperations(topics: Topics) {
  return {
    CreateTopic(input: CreateTopicInput, call: Call): CreateTopicResponse {
      const { Name: name = '', Attributes: attributes = {}, Tags: tags = [] } = input;
      if (name.endsWith('.fifo') || attributes['FifoTopic'] === 'true')
        throw notImplemented('sns', 'FIFO topics');
      if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
      const arn = topicArn(call, name);
      const written = new Map(listOf(tags).map(({ Key = '', Value = '' }) => [Key, Value]));
      const known = topics.find(arn);
      if (known) checkSame(known, attributes, written);
      else topics.put(newTopic(call, name, attributes, written));
      return { TopicArn: arn };
    },
    GetTopicAttributes({ TopicArn }: GetTopicAttributesInput) {
      return { Attributes: describeTopic(topics.get(TopicArn)) };
    },
    SetTopicAttributes({ TopicArn, AttributeName = '', AttributeValue = '' }: SetTopicAttributesInput) {
      set(topics.get(TopicArn).attributes, AttributeName, AttributeValue);
    },
    ListTopics({ NextToken }: ListTopicsInput, call: Call): ListTopicsResponse {
      const page = pageOf(topics.list(call), NextToken, mostOnAPage, invalidParameter('NextToken'));
      return { Topics: page.items.map(({ arn }) => ({ TopicArn: arn })), NextToken: page.next };
    },
    DeleteTopic({ TopicArn }: DeleteTopicInput) {
      const topic = topics.find(TopicArn);
      if (topic) topics.remove(topic);
    },
    TagResource({ ResourceArn, Tags = [] }: TagResourceRequest) {
      const { tags } = tagged(topics, ResourceArn);
      if (new Set([...tags.keys(), ...listOf(Tags).map(({ Key }) => Key)]).size > mostTags)
        throw new AwsError(
          'TagLimitExceeded',
          'Could not complete request: tag quota of per resource exceeded',
        );
      for (const { Key = '', Value = '' } of listOf(Tags)) tags.set(Key, Value);
      return {};
    },
    UntagResource({ ResourceArn, TagKeys = [] }: UntagResourceRequest) {
      const { tags } = tagged(topics, ResourceArn);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
    ListTagsForResource({ ResourceArn }: ListTagsForResourceRequest) {
      return { Tags: [...tagged(topics, ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}

/** Clients write an empty list as an empty text. */
const listOf = <T>(written: readonly T[] | string): readonly T[] =>
  typeof written === 'string' ? [] : written;

function newTopic(
  { account, region }: Call,
  name: string,
  attributes: Readonly<Record<string, string>>,
  tags: Map<string, string>,
): Topic {
  const written = new Map<string, string>();
  for (const [key, value] of Object.entries(attributes)) set(written, key, value);
  const arn = topicArn({ account, region }, name);
  return { account, region, name, arn, attributes: written, tags, subscriptions: new Map() };
}

/** Creating a topic again changes nothing, and is refused when it would. */
function checkSame(
  topic: Topic,
  attributes: Readonly<Record<string, string>>,
  tags: ReadonlyMap<string, string>,
) {
  const described = describeTopic(topic);
  if (Object.entries(attributes).some(([name, value]) => (described.get(name) ?? '') !== value))
    throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  if ([...tags].some(([key, value]) => topic.tags.get(key) !== value))
    throw invalidParameter('Tags Reason: Topic already exists with different tags');
}

function set(attributes: Map<string, string>, name: string, value: string) {
  if (!settable.has(name)) throw notImplemented('sns', `the attribute ${name} of topics`);
  if (name === 'DisplayName' && value.length > 100) throw invalidParameter('DisplayName');
  if (name === 'Policy') checkPolicy(value);
  attributes.set(name, value);
}

function checkPolicy(policy: string) {
  try {
    parsePolicy(policy);
  } catch (fault) {
    if (fault instanceof AwsError) throw invalidParameter('Policy Error: null');
    throw fault;
  }
}

function tagged(topics: Topics, arn: string | undefined): Topic {
  const topic = topics.find(arn);
  if (topic) return topic;
  throw new AwsError('ResourceNotFound', 'Resource does not exist', 404);
}
