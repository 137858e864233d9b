import type { IncidentRecord, IncidentRecordStatus, RelatedItem } from '@aws-sdk/client-ssm-incidents';

/** A record of an incident. */
export interface Incident {
  readonly arn: string;
  readonly title: string;
  readonly impact: number;
  readonly summary: string | undefined;
  readonly status: IncidentRecordStatus;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly resolvedAt: Date | undefined;
  readonly createdBy: string;
  readonly modifiedBy: string;
  readonly dedupeString: string;
  readonly related: readonly RelatedItem[];
  readonly timeline: readonly TimelineEntry[];
  readonly tags: ReadonlyMap<string, string>;
}

export interface TimelineEntry {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly at: Date;
  readonly updatedAt: Date;
}

/** What lists tell. */
export const summaryOf = ({ arn, title, impact, status, createdAt, resolvedAt, createdBy }: Incident) => ({
  arn,
  title,
  impact,
  status,
  creationTime: createdAt,
  ...(resolvedAt ? { resolvedTime: resolvedAt } : {}),
  incidentRecordSource: { createdBy, source: 'aws.ssm-incidents.custom' },
});

export const describeIncident = (incident: Incident): IncidentRecord => ({
  ...summaryOf(incident),
  ...(incident.summary === undefined ? {} : { summary: incident.summary }),
  dedupeString: incident.dedupeString,
  lastModifiedBy: incident.modifiedBy,
  lastModifiedTime: incident.modifiedAt,
  automationExecutions: [],
  notificationTargets: [],
});
