import { activityHeadings, activityLine, costCenterIn } from '#domain/activities/activity-line.ts';
import { dayAfter, dayOf, firstDayOf, lastDayOf, monthBefore, monthOf } from '#domain/calendar.ts';
import { activitiesKey } from '#domain/reports/report-keys.ts';
import type { MonthAsked } from '#events/date-asked.ts';
import type { CsvReport } from '#ports/csv-reports.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

type Needs = Ports<'settings' | 'activities' | 'csvReports'>;

/** Activities of the month before, all of them. */
export const reportPastActivities = ({ month }: MonthAsked, ports: Needs): Promise<Outcome> =>
  reportActivities(month ?? monthBefore(monthOf(ports.clock.now())), ports);

/** Activities of the month that runs, so far. */
export const reportOngoingActivities = ({ month }: MonthAsked, ports: Needs): Promise<Outcome> =>
  reportActivities(month ?? monthOf(ports.clock.now()), ports);

/** One file for each cost center, in which activities stand in the order of time: they are read once, day by day. */
async function reportActivities(month: string, ports: Needs): Promise<Outcome> {
  const { settings, activities, csvReports, clock } = ports;
  const { reporting } = await settings.book();
  const files = new Map<string, CsvReport>();
  let count = 0;
  for (const day of daysOf(month, dayOf(clock.now()))) {
    for await (const page of activities.of(day)) {
      count += page.length;
      const byFile = Map.groupBy(page, (activity) =>
        activitiesKey(reporting.activitiesPrefix, costCenterIn(activity), month),
      );
      for (const [key, group] of byFile) fileOf(key).add(group.map(activityLine));
    }
  }
  for (const file of files.values()) await file.close();
  return { outcome: 'reported', month, activities: count, files: files.size };

  function fileOf(key: string): CsvReport {
    const file = files.get(key) ?? csvReports.open(key, activityHeadings);
    files.set(key, file);
    return file;
  }
}

/** Days of a month until today. */
function* daysOf(month: string, today: string): Generator<string> {
  const last = lastDayOf(month);
  for (let day = firstDayOf(month); day <= last && day <= today; day = dayAfter(day)) yield day;
}
