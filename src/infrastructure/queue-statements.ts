import { alertQueue } from '#events/alert-received.ts';
import type { Deployment } from './grants.ts';
import { centralArn, nameOf } from './plan.ts';
import type { Statement } from './statements.ts';

export const queueArn = (deployment: Deployment, name: string): string =>
  centralArn(deployment, 'sqs', nameOf(deployment, name));

/** Lets a rule send to a queue. */
export const sentByRule = (deployment: Deployment, queue: string, rule: string): Statement => ({
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: queueArn(deployment, queue),
  Condition: {
    ArnEquals: { 'aws:SourceArn': centralArn(deployment, 'events', `rule/${nameOf(deployment, rule)}`) },
  },
});

/** Topics of all accounts of the organization may send to the queue of alerts, by the name that we give them. */
export const sentByAlertTopics = (deployment: Deployment, organizationId: string): Statement => ({
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: queueArn(deployment, alertQueue),
  Condition: {
    ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:SpaAlertTopic' },
    StringEquals: { 'aws:SourceOrgID': organizationId },
  },
});
