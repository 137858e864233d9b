import type { Platform } from '../../platform.ts';
import type { Access, Call, Route, Run, Service } from '../../service.ts';
import { notEnabled } from './incident-refusals.ts';
import { createIncidentStore } from './incident-store.ts';
import { recordOperations } from './record-operations.ts';
import { relatedOperations } from './related-operations.ts';

export interface IncidentOptions {
  /** ARNs of the response plans that exist; without any, Incident Manager is not enabled. */
  readonly responsePlans?: readonly string[];
}

const post = (path: string, operation: string, status = 200): Route => ({
  method: 'POST',
  path,
  operation,
  status,
});

const routes: readonly Route[] = [
  post('/startIncident', 'StartIncident'),
  { method: 'GET', path: '/getIncidentRecord', operation: 'GetIncidentRecord' },
  post('/listIncidentRecords', 'ListIncidentRecords'),
  post('/updateIncidentRecord', 'UpdateIncidentRecord', 204),
  post('/updateRelatedItems', 'UpdateRelatedItems', 204),
  post('/listRelatedItems', 'ListRelatedItems'),
  post('/createTimelineEvent', 'CreateTimelineEvent', 201),
  post('/listTimelineEvents', 'ListTimelineEvents'),
  { method: 'GET', path: '/getTimelineEvent', operation: 'GetTimelineEvent' },
  post('/listResponsePlans', 'ListResponsePlans'),
  post('/tags/{resourceArn+}', 'TagResource', 204),
  { method: 'DELETE', path: '/tags/{resourceArn+}', operation: 'UntagResource', status: 204 },
  { method: 'GET', path: '/tags/{resourceArn+}', operation: 'ListTagsForResource' },
];

interface Named {
  readonly arn?: string;
  readonly incidentRecordArn?: string;
  readonly resourceArn?: string;
  readonly responsePlanArn?: string;
}

/** Systems Manager Incident Manager, for accounts that have had it before it was closed to new customers. */
export function createSsmIncidents(
  platform: Platform,
  { responsePlans = [] }: IncidentOptions = {},
): { readonly service: Service } {
  const store = createIncidentStore();
  const plans = new Set(responsePlans);
  const operations: Record<string, Run> = {
    ...recordOperations(platform, store, plans),
    ...relatedOperations(platform, store),
    ListResponsePlans: () => ({
      responsePlanSummaries: responsePlans.map((arn) => ({ arn, name: arn.split('/').at(-1) ?? '' })),
    }),
  };
  const whereEnabled = (run: Run): Run => {
    return (input: never, call: Call) => {
      if (plans.size === 0) throw notEnabled();
      return run(input, call);
    };
  };
  const onNamed = ({ arn, incidentRecordArn, resourceArn, responsePlanArn }: Named): Access => ({
    resource: arn ?? incidentRecordArn ?? resourceArn ?? responsePlanArn ?? '*',
  });
  const service: Service = {
    name: 'ssm-incidents',
    protocol: { kind: 'rest-json', routes },
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, run]) => [name, whereEnabled(run)]),
    ),
    access: Object.fromEntries(Object.keys(operations).map((name) => [name, onNamed])),
  };
  return { service };
}
