import { describe, expect, it } from 'vitest';
import {
  GetIncidentRecordCommand,
  GetTimelineEventCommand,
  ListIncidentRecordsCommand,
  ListRelatedItemsCommand,
  ListTagsForResourceCommand,
  ListTimelineEventsCommand,
  SSMIncidentsClient,
  UpdateIncidentRecordCommand,
} from '@aws-sdk/client-ssm-incidents';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessClient } from '#emulator/in-process-client.ts';
import { alice, aReleasedAccount, automation, settingsOf, tell, type Story } from '#tests/worlds.ts';
import { numberOfRecords, raise, records, said } from '#tests/incidents/exception-stories.ts';

const plan = `arn:aws:ssm-incidents::${automation}:response-plan/SpaTestResponsePlan`;
const settings = settingsOf({ features: { with_response_plan_arn: plan } });
const tooMuch = { account: alice, title: 'Too much', message: 'All is **spent**', impact: 2 };

const clientOf = ({ cloud }: Story) =>
  new SSMIncidentsClient({
    region: 'eu-west-1',
    ...inProcessClient(cloud, 'client'),
    credentials: { accessKeyId: administratorKey(automation), secretAccessKey: 'local' },
  });

/** Incidents as people find them in Incident Manager, the oldest first. */
async function incidents(story: Story) {
  const client = clientOf(story);
  const { incidentRecordSummaries = [] } = await client.send(new ListIncidentRecordsCommand({}));
  const found = incidentRecordSummaries.toReversed().map(async ({ arn }) => {
    const { incidentRecord } = await client.send(new GetIncidentRecordCommand({ arn }));
    const { relatedItems } = await client.send(new ListRelatedItemsCommand({ incidentRecordArn: arn }));
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    return { arn, incidentRecord, relatedItems, tags };
  });
  return Promise.all(found);
}

describe('when the settings name a response plan of Incident Manager', () => {
  it('opens the same record there, and none in OpsCenter', async () => {
    const story = await tell([aReleasedAccount({ name: 'Zoé (R&D)' })], { settings });

    await raise(story, 'BudgetAlertException', tooMuch);

    const [found, ...others] = await incidents(story);
    expect(others).toEqual([]);
    expect(found?.incidentRecord).toMatchObject({
      title: 'Too much',
      summary: '# Too much\n\nAll is **spent**',
      impact: 2,
      status: 'OPEN',
    });
    expect(found?.tags).toEqual({
      exception: 'BudgetAlertException',
      account: alice,
      'account-email': 'alice@example.com',
      'account-name': 'Zo- -R-D-',
      'cost-center': 'Alpha',
      'organizational-unit': 'ou-alpha',
    });
    expect(found?.relatedItems).toMatchObject([
      {
        title: 'Cost and Usage Report',
        identifier: { type: 'ATTACHMENT', value: { url: expect.stringMatching(/cost-and-usage\.xlsx\?/) } },
      },
    ]);
    expect(await numberOfRecords(story)).toBe(0);
  });

  it('cuts what is longer than Incident Manager takes', async () => {
    const story = await tell([], { settings });

    await raise(story, 'GenericException', { title: 't💥'.repeat(200), message: 'm💥'.repeat(5000) });

    const [found] = await incidents(story);
    expect(found?.incidentRecord?.title?.length).toBeLessThanOrEqual(200);
    expect(found?.incidentRecord?.title?.isWellFormed()).toBe(true);
    expect(found?.incidentRecord?.summary?.length).toBeLessThanOrEqual(8000);
  });

  it('adds what happens again to the timeline', async () => {
    const story = await tell([aReleasedAccount()], { settings });

    await raise(story, 'BudgetAlertException', tooMuch);
    await raise(story, 'BudgetAlertException', { ...tooMuch, message: 'Even more' });

    const [found, ...others] = await incidents(story);
    expect(others).toEqual([]);
    expect(found?.relatedItems).toHaveLength(1);
    const client = clientOf(story);
    const incidentRecordArn = found?.arn;
    const { eventSummaries = [] } = await client.send(new ListTimelineEventsCommand({ incidentRecordArn }));
    const { event } = await client.send(
      new GetTimelineEventCommand({ incidentRecordArn, eventId: eventSummaries[0]?.eventId }),
    );
    expect(eventSummaries).toHaveLength(1);
    expect(JSON.parse(event?.eventData ?? '')).toEqual({ title: 'Too much', message: 'Even more' });
  });

  it('opens another where somebody has resolved the first', async () => {
    const story = await tell([aReleasedAccount()], { settings });

    await raise(story, 'BudgetAlertException', tooMuch);
    const [first] = await incidents(story);
    const resolved = { arn: first?.arn, status: 'RESOLVED' } as const;
    await clientOf(story).send(new UpdateIncidentRecordCommand(resolved));
    await raise(story, 'BudgetAlertException', tooMuch);

    expect((await incidents(story)).map(({ incidentRecord }) => incidentRecord?.status)).toEqual([
      'RESOLVED',
      'OPEN',
    ]);
  });
});

describe('when builds fail until nobody tries them any more', () => {
  it.each([
    ['preparation', 'assigned', 'FailedOnBoardingException', "Failed on-boarding of account '200000000000'"],
    ['purge', 'expired', 'FailedMaintenanceException', "Failed maintenance of account '200000000000'"],
  ])('tells of the first %s and of the last, once each', async (phase, state, label, title) => {
    const story = await tell([aReleasedAccount({ tags: { 'account-state': state } })], {
      builds: async ({ project }) => (project.toLowerCase().endsWith(phase) ? 'FAILED' : undefined),
    });

    await story.tag(alice, state);
    await story.pass(60);
    await story.settle();

    const found = (await records(story)).map(({ tags, title: own }) => [tags['exception'], own]);
    expect(found).toEqual([
      ['FailedCodebuildException', 'Codebuild event for account 200000000000'],
      [label, title],
    ]);
    expect(said(story)).toHaveLength(2);
  });
});

describe('when the settings want OpsCenter although they name a response plan', () => {
  it('opens records in OpsCenter', async () => {
    const features = { with_response_plan_arn: plan, with_incident_backend: 'ops-center' };
    const story = await tell([], { settings: settingsOf({ features }) });

    await raise(story, 'GenericException', tooMuch);

    expect(await numberOfRecords(story)).toBe(1);
    expect(await incidents(story)).toEqual([]);
  });
});
