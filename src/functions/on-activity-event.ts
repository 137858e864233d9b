import { activityTold } from '#events/activity-told.ts';
import { gathered, withinAMinute } from '#events/gathered.ts';
import { recordActivities } from '#workflows/record-activities.ts';
import { defineFunction } from './define-function.ts';

export const onActivityEvent = defineFunction({
  name: 'OnActivityEvent',
  purpose: 'Keep a record of what happened to accounts, for how long',
  whenItFails: 'reports of activities are incomplete',
  trigger: gathered(activityTold, withinAMinute),
  needs: ['activities'],
  run: recordActivities,
});
