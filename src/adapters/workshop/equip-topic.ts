import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  NotFoundException,
  SetTopicAttributesCommand,
  type SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { AccountId } from '#domain/account.ts';
import { origin, type Topic } from '#domain/equipment.ts';

export interface TopicPlace {
  readonly account: AccountId;
  readonly region: string;
  readonly automationAccount: AccountId;
}

/**
 * Makes the topic, lets its publisher in, and subscribes the central queue. The queue's own account subscribes it: SNS
 * would otherwise want a confirmation that nobody reads.
 */
export async function equipTopic(
  clients: { readonly member: SNSClient; readonly central: SNSClient },
  place: TopicPlace,
  topic: Topic,
  thoroughly: boolean,
): Promise<void> {
  const TopicArn = `arn:aws:sns:${place.region}:${place.account}:${topic.name}`;
  const policy = JSON.stringify(policyOf(TopicArn, place, topic));
  const found = await attributesOf(clients.member, TopicArn);
  if (!thoroughly && found?.['Policy'] === policy && Number(found['SubscriptionsConfirmed']) > 0) return;
  if (!found) {
    const Tags = [{ Key: origin.key, Value: origin.value }];
    await clients.member.send(new CreateTopicCommand({ Name: topic.name, Tags }));
  }
  await clients.member.send(
    new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: policy }),
  );
  await clients.central.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: topic.queueArn }));
}

async function attributesOf(sns: SNSClient, TopicArn: string): Promise<Record<string, string> | undefined> {
  try {
    return (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes;
  } catch (fault) {
    if (fault instanceof NotFoundException) return undefined;
    throw fault;
  }
}

function policyOf(
  topicArn: string,
  { account, automationAccount }: TopicPlace,
  { publisher, queueArn }: Topic,
) {
  const permit = (sid: string, principal: object, action: string, condition: object) => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: principal,
    Action: action,
    Resource: topicArn,
    Condition: condition,
  });
  return {
    Version: '2012-10-17',
    Statement: [
      permit('Publish', { Service: publisher }, 'sns:Publish', {
        StringEquals: { 'aws:SourceAccount': account },
      }),
      permit('Subscribe', { AWS: `arn:aws:iam::${automationAccount}:root` }, 'sns:Subscribe', {
        StringEquals: { 'sns:Endpoint': queueArn, 'sns:Protocol': 'sqs' },
      }),
    ],
  };
}
