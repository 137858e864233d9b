import { monthAsked } from '#events/date-asked.ts';
import { reportPastActivities } from '#workflows/report-activities.ts';
import { defineFunction } from './define-function.ts';

export const onPastActivitiesReport = defineFunction({
  name: 'OnPastActivitiesReport',
  purpose: 'List what happened to accounts in the month before, by cost center',
  whenItFails: 'the month before has no final report of activities',
  trigger: monthAsked('cron(42 3 1 * ? *)'),
  needs: ['settings', 'activities', 'csvReports'],
  run: reportPastActivities,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
});
