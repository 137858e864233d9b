import { describe, expect, it } from 'vitest';
import { GetOpsItemCommand, SSMClient, UpdateOpsItemCommand } from '@aws-sdk/client-ssm';
import { ListRelatedItemsCommand, SSMIncidentsClient } from '@aws-sdk/client-ssm-incidents';
import { inProcessClient } from '#emulator/in-process-client.ts';
import { createIncidentRecords } from '#adapters/incidents/incident-records.ts';
import type { Incident } from '#domain/incidents/incident.ts';
import { asAdministrator, automation, openSmallCloud } from './cloud.ts';

const plan = `arn:aws:ssm-incidents::${automation}:response-plan/Plan`;
const fire: Incident = {
  title: 'Fire',
  summary: '# Fire\n\nIt burns',
  impact: 2,
  tags: { exception: 'Fire' },
};

describe.each([
  ['OpsCenter', undefined],
  ['Incident Manager', plan],
])('when records are kept in %s', (_, responsePlan) => {
  const open = () => {
    const cloud = openSmallCloud({ incidents: { responsePlans: [plan] } });
    const clock = { now: () => new Date(cloud.clock.now()), sleep: async () => {} };
    const { credentials } = asAdministrator(cloud);
    const access = { region: 'eu-west-1', clock, client: inProcessClient(cloud, 'function'), credentials };
    return { cloud, records: createIncidentRecords(access, responsePlan) };
  };

  it('opens one for one token, however often, and another for another', async () => {
    const { records } = open();

    const opened = [
      await records.open(fire, 'a'),
      await records.open(fire, 'a'),
      await records.open(fire, 'b'),
    ];

    expect(opened[0]).toBe(opened[1]);
    expect(opened[2]).not.toBe(opened[0]);
    expect(await records.isOpen(opened[0] ?? '')).toBe(true);
  });

  it('does not take one for open that is not there', async () => {
    const { records } = open();
    const gone = responsePlan
      ? `arn:aws:ssm-incidents::${automation}:incident-record/Plan/0000`
      : 'oi-000000000000';

    expect(await records.isOpen(gone)).toBe(false);
  });

  it('relates an item once, and adds a repeat once', async () => {
    const { cloud, records } = open();
    const record = await records.open(fire, 'a');
    const repeat = { token: 'r', at: new Date(0), title: 'Fire', message: 'again' };

    for (const url of ['https://example.com/1', 'https://example.com/2']) {
      await records.relate(record, { title: 'Costs', url });
      await records.add(record, repeat);
    }

    if (responsePlan) {
      const client = new SSMIncidentsClient(asAdministrator(cloud));
      const related = await client.send(new ListRelatedItemsCommand({ incidentRecordArn: record }));
      expect(related.relatedItems).toHaveLength(1);
      return;
    }
    const ssm = new SSMClient(asAdministrator(cloud));
    const { OpsItem } = await ssm.send(new GetOpsItemCommand({ OpsItemId: record }));
    expect(Object.keys(OpsItem?.OperationalData ?? {})).toEqual(['/aws/dedup', 'Costs', 'Again (r)']);
    await ssm.send(new UpdateOpsItemCommand({ OpsItemId: record, Status: 'Resolved' }));
    expect(await records.isOpen(record)).toBe(false);
  });
});
