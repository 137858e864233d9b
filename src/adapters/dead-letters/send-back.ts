import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { wayBackOf, type WayBack } from './way-back.ts';

/** What became of the dead letters of a queue: those whose way back nobody can tell are left. */
export interface SentBack {
  readonly sentBack: number;
  readonly left: number;
}

const mostPerCall = 10;
/** One that is left is not seen a second time meanwhile. */
const hiddenForSeconds = 300;

/**
 * Sends dead letters back to where they were meant to go, so many at most: what fails again is not sent in circles. Each
 * is deleted once it has been taken; whoever is interrupted in between has it sent twice, which changes nothing.
 */
export async function sendBack(access: AwsAccess, queueArn: string, most: number): Promise<SentBack> {
  const sqs = new SQSClient({ ...clientConfig(access), useQueueUrlAsEndpoint: false });
  const lambda = new LambdaClient(clientConfig(access));
  const QueueUrl = urlOf(queueArn);
  let sentBack = 0;
  let left = 0;

  async function receive(): Promise<readonly Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(mostPerCall, most - sentBack - left),
      MessageSystemAttributeNames: ['DeadLetterQueueSourceArn'],
      MessageAttributeNames: ['All'],
      VisibilityTimeout: hiddenForSeconds,
    });
    return (await sqs.send(command)).Messages ?? [];
  }

  async function deliver(way: WayBack, { MessageAttributes }: Message): Promise<void> {
    if (way.to === 'function') {
      const Payload = Buffer.from(way.payload);
      await lambda.send(new InvokeCommand({ FunctionName: way.arn, InvocationType: 'Event', Payload }));
    } else {
      const message = { QueueUrl: urlOf(way.arn), MessageBody: way.body };
      await sqs.send(new SendMessageCommand({ ...message, MessageAttributes }));
    }
  }

  while (sentBack + left < most) {
    const messages = await receive();
    if (messages.length === 0) break;
    for (const message of messages) {
      const way = wayBackOf(message);
      if (way) {
        await deliver(way, message);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
        sentBack += 1;
      } else left += 1;
    }
  }
  return { sentBack, left };
}

function urlOf(arn: string): string {
  const [, , , region, account, name] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}
