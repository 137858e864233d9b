import {
  CreateOpsItemCommand,
  GetOpsItemCommand,
  OpsItemAlreadyExistsException,
  OpsItemNotFoundException,
  SSMClient,
  UpdateOpsItemCommand,
  type OpsItemDataValue,
} from '@aws-sdk/client-ssm';
import type { Incident } from '#domain/incidents/incident.ts';
import { piecesOf, shortened } from '#domain/incidents/plain-text.ts';
import { tagValue } from '#domain/incidents/tag-values.ts';
import { source } from '#events/system-event.ts';
import type { IncidentRecords } from '#ports/incident-records.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

const most = { title: 1024, description: 2048, data: 6000 } as const;
/** A summary that is longer than a description goes on in as many pieces of operational data. */
const mostPieces = 50;
const lowestSeverity = 4;
const tagRules = { forbidden: /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, mostCharacters: 256 };

type OperationalData = Record<string, OpsItemDataValue>;

/** Incidents as OpsItems of Systems Manager OpsCenter, in the automation account. */
export function createOpsCenter(access: AwsAccess): IncidentRecords {
  const client = new SSMClient(clientConfig(access));

  const update = async (OpsItemId: string, data: Readonly<Record<string, string>>) => {
    const OperationalData = operationalData(data);
    await client.send(new UpdateOpsItemCommand({ OpsItemId, OperationalData }));
  };

  return {
    async open(incident, token) {
      try {
        const { OpsItemId = '' } = await client.send(new CreateOpsItemCommand(inputFor(incident, token)));
        return OpsItemId;
      } catch (fault) {
        // An open item with this token is the one that was made before.
        if (fault instanceof OpsItemAlreadyExistsException && fault.OpsItemId) return fault.OpsItemId;
        throw fault;
      }
    },
    async isOpen(record) {
      try {
        const { OpsItem } = await client.send(new GetOpsItemCommand({ OpsItemId: record }));
        return OpsItem?.Status === 'Open' || OpsItem?.Status === 'InProgress';
      } catch (fault) {
        if (fault instanceof OpsItemNotFoundException) return false;
        throw fault;
      }
    },
    add: (record, { token, at, title, message }) =>
      update(record, { [`Again (${token.slice(0, 8)})`]: `${at.toISOString()} ${title}\n\n${message}` }),
    relate: (record, { title, url }) => update(record, { [title]: url }),
  };
}

function inputFor({ title, summary, impact, tags }: Incident, token: string) {
  return {
    Title: shortened(title, most.title),
    Description: shortened(summary, most.description),
    Source: source,
    Priority: impact,
    Severity: String(Math.min(impact, lowestSeverity)),
    OperationalData: {
      // While an item with this text is open, OpsCenter makes no other.
      '/aws/dedup': { Value: JSON.stringify({ dedupString: token }), Type: 'SearchableString' as const },
      ...operationalData(whole(summary)),
    },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value: tagValue(Value, tagRules) })),
  };
}

function whole(summary: string): Readonly<Record<string, string>> {
  if (summary.length <= most.description) return {};
  const pieces = piecesOf(summary, most.data).take(mostPieces);
  return Object.fromEntries(pieces.map((piece, at) => [`Message, part ${at + 1}`, piece]));
}

function operationalData(data: Readonly<Record<string, string>>): OperationalData {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value.trim() !== '')
      .map(([name, value]) => [name, { Value: shortened(value, most.data), Type: 'String' }]),
  );
}
