import { metricLabelOf } from '#domain/activities/activity.ts';
import { costCenterIn } from '#domain/activities/activity-line.ts';
import type { ActivityRecord } from '#ports/activity-store.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

/** An activity is on record once, and counted when it is recorded. */
export async function recordActivities(
  told: readonly ActivityRecord[],
  { activities, metrics }: Ports<'activities'>,
): Promise<Outcome> {
  const areNew = await activities.record(told);
  const recorded = told.filter((_, index) => areNew[index]);
  metrics.record(
    ...recorded.flatMap((activity) => [
      { metric: 'TransactionsByLabel', of: metricLabelOf(activity['transaction']), value: 1 } as const,
      { metric: 'TransactionsByCostCenter', of: costCenterIn(activity), value: 1 } as const,
    ]),
  );
  return {
    outcome: recorded.length > 0 ? 'recorded' : 'known already',
    activities: recorded.map(({ account, transaction }) => `${String(account)} ${String(transaction)}`),
  };
}
