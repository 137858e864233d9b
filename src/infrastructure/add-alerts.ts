import type { Stack } from 'aws-cdk-lib';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { centralArn, nameOf, type Plan } from './plan.ts';
import { policyDocument, tlsOnly } from './statements.ts';

/** The topic of exceptions, to which the people of the settings are subscribed; gives its ARN. Alarms go there too. */
export function addExceptionsTopic(stack: Stack, plan: Plan): string {
  const topic = new CfnTopic(stack, 'ExceptionsTopic', { topicName: topicOf(plan) });
  addTopicPolicy(stack, plan, topic);
  const byEmail = new Construct(stack, 'ExceptionsByEmail');
  for (const address of new Set(plan.settings.features.emailSubscriptionsOnAlerts)) {
    subscribe(byEmail, topic, address);
  }
  return topic.ref;
}

const topicOf = ({ deployment }: Plan): string => nameOf(deployment, 'Exceptions');

function addTopicPolicy(stack: Stack, plan: Plan, topic: CfnTopic): CfnTopicPolicy {
  const { account } = plan.deployment;
  const arn = centralArn(plan.deployment, 'sns', topicOf(plan));
  return new CfnTopicPolicy(stack, 'ExceptionsTopicPolicy', {
    topics: [topic.ref],
    policyDocument: policyDocument(tlsOnly('sns:Publish', arn), {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: arn,
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  });
}

const subscribe = (scope: Construct, topic: CfnTopic, endpoint: string): CfnSubscription =>
  new CfnSubscription(scope, endpoint, { topicArn: topic.ref, protocol: 'email', endpoint });
