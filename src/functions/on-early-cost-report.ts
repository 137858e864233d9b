import { monthAsked } from '#events/date-asked.ts';
import { reportCostsEarly } from '#workflows/report-costs.ts';
import { defineFunction } from './define-function.ts';
import { whereCostsAreManaged } from './where-costs-are-managed.ts';

export const onEarlyCostReport = defineFunction({
  name: 'OnEarlyCostReport',
  purpose: 'Report the costs of last month before they are final',
  whenItFails: 'cost centers see the costs of last month a week late',
  trigger: monthAsked('cron(42 2 6 * ? *)'),
  needs: ['accounts', 'settings', 'organizationCosts', 'exchangeRates', 'costReports', 'progress', 'bus'],
  run: reportCostsEarly,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
  when: whereCostsAreManaged,
});
