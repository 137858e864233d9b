import { monthAsked } from '#events/date-asked.ts';
import { reportOngoingActivities } from '#workflows/report-activities.ts';
import { defineFunction } from './define-function.ts';

export const onOngoingActivitiesReport = defineFunction({
  name: 'OnOngoingActivitiesReport',
  purpose: 'List what has happened to accounts in this month so far, by cost center',
  whenItFails: 'the running month has no report of activities this week',
  trigger: monthAsked('cron(42 2 ? * SAT *)'),
  needs: ['settings', 'activities', 'csvReports'],
  run: reportOngoingActivities,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
});
