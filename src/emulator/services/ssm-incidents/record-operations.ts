import type {
  GetIncidentRecordCommandInput,
  ListIncidentRecordsCommandInput,
  StartIncidentCommandInput,
  UpdateIncidentRecordCommandInput,
} from '@aws-sdk/client-ssm-incidents';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { compileFilters } from './incident-filters.ts';
import { checkImpact, checkLength, invalid, notFound, refuseMembers } from './incident-refusals.ts';
import type { IncidentStore } from './incident-store.ts';
import { describeIncident, summaryOf, type Incident } from './incident.ts';

const most = { title: 200, summary: 8000, token: 128, page: 100 } as const;
/** What a response plan of the local cloud says of incidents that do not say it themselves. */
const usual = { title: 'Incident', impact: 3 } as const;

/** Records begin by a response plan, and end when they are resolved. */
export function recordOperations(
  { clock, nextId }: Pick<Platform, 'clock' | 'nextId'>,
  store: IncidentStore,
  responsePlans: ReadonlySet<string>,
) {
  function open(input: StartIncidentCommandInput, call: Call): string {
    const now = new Date(clock.now());
    const plan = (input.responsePlanArn ?? '').split('/').at(-1);
    const arn = `arn:aws:ssm-incidents::${call.account}:incident-record/${plan}/${nextId()}`;
    const incident: Incident = {
      arn,
      title: input.title ?? usual.title,
      impact: input.impact ?? usual.impact,
      summary: undefined,
      status: 'OPEN',
      createdAt: now,
      modifiedAt: now,
      resolvedAt: undefined,
      createdBy: call.caller.arn,
      modifiedBy: call.caller.arn,
      dedupeString: arn,
      related: input.relatedItems ?? [],
      timeline: [],
      tags: new Map(),
    };
    store.put(call.account, incident);
    return arn;
  }

  return {
    StartIncident(input: StartIncidentCommandInput, call: Call) {
      refuseMembers({ triggerDetails: input.triggerDetails });
      if (!responsePlans.has(input.responsePlanArn ?? ''))
        throw notFound('RESPONSE_PLAN', input.responsePlanArn ?? '');
      checkLength('title', input.title, most.title);
      checkLength('clientToken', input.clientToken, most.token);
      checkImpact(input.impact);
      return { incidentRecordArn: store.once(call, input.clientToken, () => open(input, call)) };
    },
    GetIncidentRecord({ arn }: GetIncidentRecordCommandInput, call: Call) {
      return { incidentRecord: describeIncident(store.get(call, arn)) };
    },
    UpdateIncidentRecord(input: UpdateIncidentRecordCommandInput, call: Call) {
      refuseMembers({ chatChannel: input.chatChannel, notificationTargets: input.notificationTargets });
      checkLength('title', input.title, most.title);
      checkLength('summary', input.summary, most.summary);
      checkImpact(input.impact);
      const former = store.get(call, input.arn);
      const now = new Date(clock.now());
      const status = input.status ?? former.status;
      store.put(call.account, {
        ...former,
        title: input.title ?? former.title,
        summary: input.summary ?? former.summary,
        impact: input.impact ?? former.impact,
        status,
        resolvedAt: status === 'RESOLVED' ? (former.resolvedAt ?? now) : undefined,
        modifiedAt: now,
        modifiedBy: call.caller.arn,
      });
    },
    ListIncidentRecords(input: ListIncidentRecordsCommandInput, call: Call) {
      const found = store.list(call).filter(compileFilters(input.filters ?? []));
      const size = Math.min(input.maxResults ?? most.page, most.page);
      const page = pageOf(found, input.nextToken || undefined, size, invalid('The token is not valid'));
      return { incidentRecordSummaries: page.items.map(summaryOf), nextToken: page.next };
    },
  };
}
