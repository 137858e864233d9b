import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import type { AwsAccess } from '#adapters/aws/access.ts';
import { atATime } from '#adapters/doctor/at-a-time.ts';
import { confirmedSubscribers } from '#adapters/doctor/trouble.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';
import { createSns } from '#emulator/services/sns/create-sns.ts';
import { automation, openSmallCloud } from '#tests/emulator/support-small-cloud.ts';

describe('subscribers', () => {
  async function openTopic(autoConfirm: boolean) {
    const { platform } = openSmallCloud((cloud) => [createSns(cloud, { autoConfirm }).service]);
    const requestHandler = inProcessHandler(platform, 'client');
    const access: AwsAccess = {
      region: 'eu-west-1',
      clock: { now: () => new Date(0), sleep: async () => {} },
      client: { requestHandler },
      credentials: { accessKeyId: administratorKey(automation), secretAccessKey: 'local' },
    };
    const sns = new SNSClient({ ...access, requestHandler });
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'Topic' }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
    return { access, TopicArn };
  }

  it('count when they have confirmed', async () => {
    const { access, TopicArn } = await openTopic(true);

    expect(await confirmedSubscribers(access, TopicArn)).toEqual(['ops@example.com']);
  });

  it('do not count before', async () => {
    const { access, TopicArn } = await openTopic(false);

    expect(await confirmedSubscribers(access, TopicArn)).toEqual([]);
  });

  it('are none where there is no topic', async () => {
    const { access, TopicArn } = await openTopic(true);

    expect(await confirmedSubscribers(access, `${TopicArn}s`)).toEqual([]);
  });
});

describe('work that is done some at a time', () => {
  it('keeps the order of its items, and its limit', async () => {
    let atWork = 0;
    let most = 0;
    const results = await atATime(3, [5, 1, 4, 2, 3], async (pause) => {
      most = Math.max(most, (atWork += 1));
      for (let turn = 0; turn < pause; turn += 1) await Promise.resolve();
      atWork -= 1;
      return pause * 10;
    });

    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(3);
  });
});
