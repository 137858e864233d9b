import {
  CreateTimelineEventCommand,
  GetIncidentRecordCommand,
  paginateListRelatedItems,
  ResourceNotFoundException,
  SSMIncidentsClient,
  StartIncidentCommand,
  TagResourceCommand,
  UpdateIncidentRecordCommand,
  UpdateRelatedItemsCommand,
} from '@aws-sdk/client-ssm-incidents';
import { digest } from '#domain/incidents/exception.ts';
import { shortened } from '#domain/incidents/plain-text.ts';
import { tagValue } from '#domain/incidents/tag-values.ts';
import type { IncidentRecords } from '#ports/incident-records.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

const most = { title: 200, summary: 8000, event: 5000 } as const;
const tagRules = { forbidden: /[^A-Za-z0-9 _=@:.+\-/,]/gu, mostCharacters: 256 };

/** Incidents of Incident Manager, which start by a response plan; for those who have it since before it was closed. */
export function createIncidentManager(access: AwsAccess, responsePlanArn: string): IncidentRecords {
  const client = new SSMIncidentsClient(clientConfig(access));

  async function isRelated(record: string, title: string): Promise<boolean> {
    for await (const page of paginateListRelatedItems({ client }, { incidentRecordArn: record })) {
      if (page.relatedItems?.some((item) => item.title === title)) return true;
    }
    return false;
  }

  return {
    async open({ title, summary, impact, tags }, token) {
      const { incidentRecordArn: arn = '' } = await client.send(
        new StartIncidentCommand({
          responsePlanArn,
          title: shortened(title, most.title),
          impact,
          clientToken: token,
        }),
      );
      await client.send(new UpdateIncidentRecordCommand({ arn, summary: shortened(summary, most.summary) }));
      const values = Object.entries(tags).map(([key, value]) => [key, tagValue(value, tagRules)]);
      await client.send(new TagResourceCommand({ resourceArn: arn, tags: Object.fromEntries(values) }));
      return arn;
    },
    async isOpen(record) {
      try {
        const { incidentRecord } = await client.send(new GetIncidentRecordCommand({ arn: record }));
        return incidentRecord?.status === 'OPEN';
      } catch (fault) {
        if (fault instanceof ResourceNotFoundException) return false;
        throw fault;
      }
    },
    async add(record, { token, at, title, message }) {
      const eventData = JSON.stringify({ title, message: shortened(message, most.event) });
      await client.send(
        new CreateTimelineEventCommand({
          incidentRecordArn: record,
          eventTime: at,
          eventType: 'Custom Event',
          eventData,
          clientToken: token,
        }),
      );
    },
    async relate(record, { title, url }) {
      if (await isRelated(record, title)) return;
      await client.send(
        new UpdateRelatedItemsCommand({
          incidentRecordArn: record,
          relatedItemsUpdate: { itemToAdd: { identifier: { type: 'ATTACHMENT', value: { url } }, title } },
          clientToken: digest(record, title, url),
        }),
      );
    },
  };
}
