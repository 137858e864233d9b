import { schedule } from '#events/schedule.ts';
import { openWindow } from '#workflows/open-window.ts';
import { defineFunction } from './define-function.ts';

export const onMaintenanceWindow = defineFunction({
  name: 'OnMaintenanceWindow',
  purpose: 'Open the maintenance window: have released accounts expire',
  whenItFails: 'accounts are neither purged nor prepared again',
  trigger: schedule(({ maintenanceWindow }) => maintenanceWindow),
  needs: ['accounts', 'settings', 'errands'],
  run: openWindow,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
});
