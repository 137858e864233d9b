import { alertReceived } from '#events/alert-received.ts';
import { handleAlert } from '#workflows/handle-alert.ts';
import { defineFunction } from './define-function.ts';

export const onAlertFromSqs = defineFunction({
  name: 'OnAlertFromSqs',
  purpose: 'Tell of budgets of member accounts that are exceeded',
  whenItFails: 'nobody but the holders hears of budgets that are exceeded',
  trigger: alertReceived,
  needs: ['accounts', 'bus'],
  run: handleAlert,
});
