import { activityTold } from '#events/activity-told.ts';
import { recordActivity } from '#workflows/record-activity.ts';
import { defineFunction } from './define-function.ts';

export const onActivityEvent = defineFunction({
  name: 'OnActivityEvent',
  purpose: 'Keep a record of what happened to accounts, for how long',
  whenItFails: 'reports of activities are incomplete',
  trigger: activityTold,
  needs: ['activities'],
  run: recordActivity,
});
