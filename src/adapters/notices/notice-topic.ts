import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { NoticeBoard } from '#ports/notice-board.ts';
import type { AccountId } from '#domain/account.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

/** Name of the topic without the environment identifier that precedes it. */
export const exceptionsTopic = 'Exceptions';

/** The topic to which the e-mail addresses of the settings are subscribed. */
export function createNoticeTopic(
  access: AwsAccess,
  { environment, account }: { readonly environment: string; readonly account: AccountId },
): NoticeBoard {
  const TopicArn = `arn:aws:sns:${access.region}:${account}:${environment}${exceptionsTopic}`;
  const client = new SNSClient(clientConfig(access));
  return {
    async publish({ subject, text }) {
      await client.send(new PublishCommand({ TopicArn, Subject: subject, Message: text }));
    },
  };
}
