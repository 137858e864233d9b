import { describe, expect, it } from 'vitest';
import {
  CreateTimelineEventCommand,
  GetIncidentRecordCommand,
  GetTimelineEventCommand,
  ListIncidentRecordsCommand,
  ListRelatedItemsCommand,
  ListResponsePlansCommand,
  ListTagsForResourceCommand,
  ListTimelineEventsCommand,
  SSMIncidentsClient,
  StartIncidentCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateIncidentRecordCommand,
  UpdateRelatedItemsCommand,
  type StartIncidentCommandInput,
} from '@aws-sdk/client-ssm-incidents';
import { asAdministrator, automation, openSmallCloud } from '#tests/incidents/cloud.ts';

const plan = `arn:aws:ssm-incidents::${automation}:response-plan/Plan`;

function open(responsePlans: readonly string[] = [plan]) {
  const cloud = openSmallCloud({ incidents: { responsePlans } });
  const client = new SSMIncidentsClient(asAdministrator(cloud));
  const start = async (given: Partial<StartIncidentCommandInput> = {}) =>
    (await client.send(new StartIncidentCommand({ responsePlanArn: plan, ...given }))).incidentRecordArn;
  return { cloud, client, start };
}

describe('where Incident Manager is not enabled', () => {
  it('starts no incident', async () => {
    await expect(open([]).start()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('when an incident is started', () => {
  it('is open, with what it was given', async () => {
    const { cloud, client, start } = open();

    const arn = await start({ title: 'Fire', impact: 2 });

    const { incidentRecord } = await client.send(new GetIncidentRecordCommand({ arn }));
    expect(incidentRecord).toMatchObject({
      arn,
      title: 'Fire',
      impact: 2,
      status: 'OPEN',
      creationTime: new Date(cloud.clock.now()),
    });
    const { responsePlanSummaries } = await client.send(new ListResponsePlansCommand({}));
    expect(responsePlanSummaries).toEqual([{ arn: plan, name: 'Plan' }]);
  });

  it('starts once for one token', async () => {
    const { client, start } = open();

    const arns = [await start({ clientToken: 't' }), await start({ clientToken: 't' }), await start()];

    expect(arns[0]).toBe(arns[1]);
    expect(arns[2]).not.toBe(arns[0]);
    const { incidentRecordSummaries } = await client.send(new ListIncidentRecordsCommand({}));
    expect(incidentRecordSummaries).toHaveLength(2);
  });

  it.each<[string, Partial<StartIncidentCommandInput>, string]>([
    ['another plan', { responsePlanArn: `${plan}s` }, 'ResourceNotFoundException'],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, 'ValidationException'],
    ['an impact of 6', { impact: 6 }, 'ValidationException'],
  ])('is refused with %s', async (_, given, name) => {
    await expect(open().start(given)).rejects.toMatchObject({ name });
  });
});

describe('when people work on an incident', () => {
  it('is updated, resolved, and found by its status', async () => {
    const { client, start } = open();
    const arn = await start({ title: 'Fire' });
    await start({ title: 'Flood' });

    await client.send(new UpdateIncidentRecordCommand({ arn, summary: '# Fire', status: 'RESOLVED' }));

    const { incidentRecord } = await client.send(new GetIncidentRecordCommand({ arn }));
    expect(incidentRecord).toMatchObject({
      summary: '# Fire',
      status: 'RESOLVED',
      resolvedTime: expect.any(Date),
    });
    const filters = [{ key: 'status', condition: { equals: { stringValues: ['OPEN'] } } }];
    const { incidentRecordSummaries } = await client.send(new ListIncidentRecordsCommand({ filters }));
    expect(incidentRecordSummaries?.map(({ title }) => title)).toEqual(['Flood']);
  });

  it('bears related items, which can be removed', async () => {
    const { client, start } = open();
    const incidentRecordArn = await start();
    const identifier = { type: 'ATTACHMENT', value: { url: 'https://example.com' } } as const;
    const update = (relatedItemsUpdate: object) =>
      client.send(new UpdateRelatedItemsCommand({ incidentRecordArn, relatedItemsUpdate } as never));
    const list = async () =>
      (await client.send(new ListRelatedItemsCommand({ incidentRecordArn }))).relatedItems;

    await update({ itemToAdd: { identifier, title: 'Costs' } });
    expect(await list()).toMatchObject([
      {
        identifier,
        title: 'Costs',
        generatedId: expect.stringMatching(/^related-item\/ATTACHMENT\/[0-9A-F]{32}$/),
      },
    ]);
    await update({ itemToRemove: identifier });
    expect(await list()).toEqual([]);
  });

  it('has a timeline, to which one token adds once', async () => {
    const { client, start } = open();
    const incidentRecordArn = await start();
    const event = { incidentRecordArn, eventType: 'Custom Event', eventData: '{}', clientToken: 't' };
    const eventTime = new Date('2026-11-16T10:00:00Z');

    await client.send(new CreateTimelineEventCommand({ ...event, eventTime }));
    const { eventId } = await client.send(new CreateTimelineEventCommand({ ...event, eventTime }));

    const { eventSummaries } = await client.send(new ListTimelineEventsCommand({ incidentRecordArn }));
    expect(eventSummaries).toMatchObject([{ eventId, eventTime }]);
    const { event: told } = await client.send(new GetTimelineEventCommand({ incidentRecordArn, eventId }));
    expect(told).toMatchObject({ eventData: '{}', eventTime });
  });

  it('bears tags of the characters that AWS takes', async () => {
    const { client, start } = open();
    const resourceArn = await start();

    await client.send(new TagResourceCommand({ resourceArn, tags: { a: '1', b: 'x@y.z' } }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));

    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ b: 'x@y.z' });
    const odd = new TagResourceCommand({ resourceArn, tags: { c: 'Zoé' } });
    await expect(client.send(odd)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
