interface Sender {
  readonly service: string;
  readonly condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Who but the account itself may send to a queue. */
export type QueuePolicy = (queueArn: string) => object;

const letting =
  ({ service, condition }: Sender): QueuePolicy =>
  (queueArn) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: condition,
      },
    ],
  });

/** A rule puts the events that it has chosen on the queue of its function. */
export const fromRule = (ruleArn: string): QueuePolicy =>
  letting({ service: 'events.amazonaws.com', condition: { ArnEquals: { 'aws:SourceArn': ruleArn } } });

/** Topics of all accounts of the organization may send alerts, by the name that we give them. */
export const fromAlertTopics = (organizationId: string): QueuePolicy =>
  letting({
    service: 'sns.amazonaws.com',
    condition: {
      ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:SpaAlertTopic' },
      StringEquals: { 'aws:SourceOrgID': organizationId },
    },
  });
