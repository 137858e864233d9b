import { schedule } from '#events/schedule.ts';
import { reportInventory } from '#workflows/report-inventory.ts';
import { defineFunction } from './define-function.ts';

export const onInventoryReport = defineFunction({
  name: 'OnInventoryReport',
  purpose: 'List all accounts with their cost center, owner, unit, state and last login',
  whenItFails: 'this week has no inventory of accounts',
  trigger: schedule(() => 'cron(23 3 ? * SAT *)'),
  needs: ['accounts', 'settings', 'shadows', 'csvReports'],
  run: reportInventory,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
});
