import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTimeToLiveCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { StreamRecord, StreamView } from '#emulator/services/dynamodb/streams.ts';
import { aSimpleTable, key, openDynamoDb, put, table } from './support-dynamodb.ts';

const minute = 60_000;

async function openStream(view: StreamView = 'NEW_AND_OLD_IMAGES') {
  const opened = openDynamoDb();
  const { TableDescription } = await opened.client.send(
    new CreateTableCommand({
      ...aSimpleTable(),
      StreamSpecification: { StreamEnabled: true, StreamViewType: view },
    }),
  );
  const streamArn = TableDescription?.LatestStreamArn ?? '';
  const batches: StreamRecord[][] = [];
  return { ...opened, streamArn, batches };
}

describe('when a table has a stream', () => {
  it('tells of each change, in order, with the images of before and after', async () => {
    const { client, cloud, dynamodb, streamArn, batches } = await openStream();
    dynamodb.onStreamRecords(streamArn, (records) => batches.push([...records]));

    await put(client, { Value: { S: '1' } });
    await put(client, { Value: { S: '2' } });
    await put(client, { Value: { S: '2' } });
    await client.send(new DeleteItemCommand({ TableName: table, Key: { Identifier: { S: 'alpha' } } }));
    await cloud.clock.runUntilIdle();

    const [records = []] = batches;
    const told = records.map(({ eventName, dynamodb: { NewImage, OldImage } }) => [
      eventName,
      OldImage?.['Value'],
      NewImage?.['Value'],
    ]);
    expect(told).toEqual([
      ['INSERT', undefined, { S: '1' }],
      ['MODIFY', { S: '1' }, { S: '2' }],
      ['REMOVE', { S: '2' }, undefined],
    ]);
    const numbers = records.map((record) => record.dynamodb.SequenceNumber);
    expect(numbers).toEqual(numbers.toSorted());
  });

  it.each<[StreamView, object]>([
    ['KEYS_ONLY', {}],
    ['NEW_IMAGE', { NewImage: { Value: { S: '2' } } }],
    ['OLD_IMAGE', { OldImage: { Value: { S: '1' } } }],
  ])('shows what %s says', async (view, images) => {
    const { client, cloud, dynamodb, streamArn, batches } = await openStream(view);
    await put(client, { Value: { S: '1' } });
    dynamodb.onStreamRecords(streamArn, (records) => batches.push([...records]));

    await put(client, { Value: { S: '2' } });
    await cloud.clock.runUntilIdle();

    const found = batches[0]?.[0]?.dynamodb;
    expect(found).toMatchObject({ Keys: { Identifier: { S: 'alpha' } }, StreamViewType: view, ...images });
    expect(Object.keys(found ?? {}).filter((name) => name.endsWith('Image'))).toEqual(Object.keys(images));
  });

  it('hands on batches of the size that is asked for, one after the other', async () => {
    const { client, cloud, dynamodb, streamArn, batches } = await openStream();
    let busy = 0;
    dynamodb.onStreamRecords(
      streamArn,
      async (records, work) => {
        expect((busy += 1)).toBe(1);
        batches.push([...records]);
        await work.sleep(minute);
        busy -= 1;
      },
      2,
    );

    for (let value = 0; value < 5; value += 1) await put(client, { Value: { N: String(value) } });
    await cloud.clock.runUntilIdle();

    expect(batches.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('hands the same batch on again when the listener fails', async () => {
    const { client, cloud, dynamodb, streamArn, batches } = await openStream();
    dynamodb.onStreamRecords(streamArn, (records) => {
      batches.push([...records]);
      if (batches.length < 3) throw new Error('not now');
    });

    await put(client, { Value: { S: '1' } });
    await cloud.clock.runUntilIdle();

    expect(batches).toHaveLength(3);
    expect(batches[2]).toEqual(batches[0]);
  });

  it('tells nobody who has left', async () => {
    const { client, cloud, dynamodb, streamArn, batches } = await openStream();
    const leave = dynamodb.onStreamRecords(streamArn, (records) => batches.push([...records]));

    leave();
    await put(client, { Value: { S: '1' } });
    await cloud.clock.runUntilIdle();

    expect(batches).toEqual([]);
  });

  it('cannot be listened to where there is none', async () => {
    const { dynamodb, streamArn } = await openStream();

    expect(() => dynamodb.onStreamRecords(`${streamArn}x`, () => {})).toThrow('Requested resource not found');
  });
});

describe('when items have a time to live', () => {
  async function openWithTimeToLive() {
    const opened = await openStream();
    await opened.client.send(
      new UpdateTimeToLiveCommand({
        TableName: table,
        TimeToLiveSpecification: { Enabled: true, AttributeName: 'Expiration' },
      }),
    );
    const remaining = async () => {
      const { Items } = await opened.client.send(new ScanCommand({ TableName: table }));
      return Items?.map(({ Identifier }) => Identifier?.S);
    };
    const inSeconds = (seconds: number) => ({ N: String(opened.cloud.clock.now() / 1000 + seconds) });
    const pass = (time: number) => opened.cloud.clock.runUntilIdle(opened.cloud.clock.now() + time);
    return { ...opened, remaining, inSeconds, pass };
  }

  it('goes ten minutes after its expiration, and the stream says who did it', async () => {
    const { client, dynamodb, streamArn, batches, remaining, inSeconds, pass } = await openWithTimeToLive();
    dynamodb.onStreamRecords(streamArn, (records) => batches.push([...records]));
    await put(client, { Expiration: inSeconds(60), Value: { S: 'lost' } });

    await pass(10.5 * minute);
    expect(await remaining()).toEqual(['alpha']);

    await pass(minute);
    expect(await remaining()).toEqual([]);
    expect(batches.flat().at(-1)).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'REMOVE',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      dynamodb: {
        ApproximateCreationDateTime: Date.parse('2026-11-22T09:11:00Z') / 1000,
        Keys: { Identifier: { S: 'alpha' } },
        OldImage: {
          ...key(),
          Expiration: { N: String(Date.parse('2026-11-22T09:01:00Z') / 1000) },
          Value: { S: 'lost' },
        },
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      userIdentity: { principalId: 'dynamodb.amazonaws.com', type: 'Service' },
      eventSourceARN: streamArn,
    });
  });

  it('stays when the expiration is put off, taken away, no number or years ago', async () => {
    const { client, remaining, inSeconds, pass } = await openWithTimeToLive();
    await put(client, { Expiration: inSeconds(60) });
    await put(client, { Expiration: inSeconds(86_400) });
    await put(client, { Identifier: { S: 'beta' }, Expiration: inSeconds(60) });
    await put(client, { Identifier: { S: 'beta' } });
    await put(client, { Identifier: { S: 'gamma' }, Expiration: { S: 'soon' } });
    await put(client, { Identifier: { S: 'delta' }, Expiration: { N: '1' } });

    await pass(60 * minute);

    expect((await remaining())?.sort()).toEqual(['alpha', 'beta', 'delta', 'gamma']);
  });

  it('holds for items that were there before it was switched on, and for none once it is off', async () => {
    const { client, remaining, inSeconds, pass } = await openWithTimeToLive();
    const change = (Enabled: boolean) =>
      client.send(
        new UpdateTimeToLiveCommand({
          TableName: table,
          TimeToLiveSpecification: { Enabled, AttributeName: 'Expiration' },
        }),
      );
    await change(false);
    await put(client, { Expiration: inSeconds(60) });
    await pass(60 * minute);
    expect(await remaining()).toEqual(['alpha']);

    await change(true);
    await pass(11 * minute);
    expect(await remaining()).toEqual([]);
    await expect(change(true)).rejects.toMatchObject({ message: 'TimeToLive is already enabled' });
  });

  it('does not keep a cloud awake that waits to be idle', async () => {
    const { client, cloud, inSeconds, remaining } = await openWithTimeToLive();
    await put(client, { Expiration: inSeconds(60) });

    await cloud.clock.runUntilIdle();

    expect(await remaining()).toEqual(['alpha']);
  });

  it('is told of', async () => {
    const { client } = await openWithTimeToLive();

    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: table }));

    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'Expiration' });
  });
});
