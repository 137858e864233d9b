import { metricLabelOf } from '#domain/activities/activity.ts';
import { costCenterIn } from '#domain/activities/activity-line.ts';
import type { ActivityRecord } from '#ports/activity-store.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

/** An activity is on record once, and counted when it is recorded. */
export async function recordActivity(
  activity: ActivityRecord,
  { activities, metrics }: Ports<'activities'>,
): Promise<Outcome> {
  const { account, transaction } = activity;
  if (!(await activities.record(activity))) return { outcome: 'known already', account, transaction };
  metrics.record(
    { metric: 'TransactionsByLabel', of: metricLabelOf(transaction), value: 1 },
    { metric: 'TransactionsByCostCenter', of: costCenterIn(activity), value: 1 },
  );
  return { outcome: 'recorded', account, transaction };
}
