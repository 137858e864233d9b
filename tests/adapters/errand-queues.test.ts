import { createHash } from 'node:crypto';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { clientConfig } from '#adapters/aws/access.ts';
import { createErrandQueues, MessagesRefused } from '#adapters/errands/errand-queues.ts';
import { linesOfWork } from '#events/errand.ts';
import { alice, automation, openAccess, type Answer } from './support-access.ts';

const send = 'sqs.SendMessageBatch';

async function openQueues(answers: Readonly<Record<string, Answer>> = {}) {
  const opened = openAccess(answers);
  const client = new SQSClient({ ...clientConfig(opened.access), useQueueUrlAsEndpoint: false });
  for (const name of ['StateChanges', ...linesOfWork])
    await client.send(new CreateQueueCommand({ QueueName: `SpaTest${name}` }));
  const errands = createErrandQueues(opened.access, { environment: 'SpaTest', account: automation });
  const batches = () =>
    opened
      .inputsOf(send)
      .map(({ Entries }) => Entries as readonly { readonly Id: string; readonly DelaySeconds: number }[]);
  return { ...opened, errands, batches };
}

const changes = (count: number) =>
  Array.from({ length: count }, () => ({ account: alice, from: 'released', to: 'expired' }) as const);

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Takes all messages of a batch but those named, as often as told. */
function refusing(ids: readonly string[], times: number): Answer {
  let left = times;
  return ({ Entries }) => {
    const refused = left > 0 ? ids : [];
    left -= 1;
    const entries = Entries as readonly { readonly Id: string; readonly MessageBody: string }[];
    return {
      Successful: entries
        .filter(({ Id }) => !refused.includes(Id))
        .map(({ Id, MessageBody }) => ({ Id, MessageId: Id, MD5OfMessageBody: md5(MessageBody) })),
      Failed: entries
        .filter(({ Id }) => refused.includes(Id))
        .map(({ Id }) => ({ Id, SenderFault: false, Code: 'InternalError' })),
    };
  };
}

describe('when errands are left on a queue', () => {
  it('sends ten a call, and makes no call for nothing', async () => {
    const { errands, batches } = await openQueues();

    await errands.changeStates([]);
    await errands.changeStates(changes(23));

    expect(batches().map(({ length }) => length)).toEqual([10, 10, 3]);
  });

  it('delays a visit as asked, and by 15 minutes at most, as SQS does', async () => {
    const { errands, batches } = await openQueues();

    await errands.revisit([alice], 300);
    await errands.revisit([alice], 3600);

    expect(batches().flatMap((entries) => entries.map(({ DelaySeconds }) => DelaySeconds))).toEqual([
      300, 900,
    ]);
  });
});

describe('when SQS takes a batch, and some of its messages not', () => {
  it('sends those again, and only those', async () => {
    const { errands, batches, sleeps } = await openQueues({ [send]: refusing(['1', '2'], 1) });

    await errands.changeStates(changes(4));

    expect(batches().map((entries) => entries.map(({ Id }) => Id))).toEqual([
      ['0', '1', '2', '3'],
      ['1', '2'],
    ]);
    expect(sleeps).toEqual([1000]);
  });

  it('throws in the end, and says how many and where', async () => {
    const { errands, batches } = await openQueues({ [send]: refusing(['0'], Infinity) });

    const sending = errands.changeStates(changes(2));

    await expect(sending).rejects.toThrow(MessagesRefused);
    await expect(sending).rejects.toThrow('SQS has refused 1 messages for queue SpaTestStateChanges');
    expect(batches()).toHaveLength(5);
  });
});

describe('when somebody asks whether accounts wait in line', () => {
  it('says so as long as a message waits, and not for those that are delayed', async () => {
    const { errands } = await openQueues();

    expect(await errands.isBacklogged()).toBe(false);
    await errands.revisit([alice], 300);
    expect(await errands.isBacklogged()).toBe(false);
    await errands.revisit([alice], 0);

    expect(await errands.isBacklogged()).toBe(true);
  });
});
