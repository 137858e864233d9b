import { describeAlarm, type CostAlarm } from '#domain/costs/cost-alarm.ts';
import type { Ports } from '#ports/ports.ts';

/** Tells people of cost centers above their thresholds, once a month each; gives the names of those just told. */
export async function raiseCostAlarms(
  alarms: readonly CostAlarm[],
  { bus, progress }: Ports<'bus' | 'progress'>,
): Promise<readonly string[]> {
  const told: string[] = [];
  for (const alarm of alarms) {
    const payload = describeAlarm(alarm);
    if (await progress.isKnown(payload.identifier)) continue;
    await bus.put({ label: 'GenericException', payload });
    await progress.know(payload.identifier, daysRemembered);
    told.push(alarm.costCenter);
  }
  return told;
}

/** A month may be reported again, early and final, until it is forgotten why. */
const daysRemembered = 400;
