import { monthAsked } from '#events/date-asked.ts';
import { closeMonth } from '#workflows/close-month.ts';
import { defineFunction } from './define-function.ts';
import { whereCostsAreManaged } from './where-costs-are-managed.ts';

export const onMonthlyCostReport = defineFunction({
  name: 'OnMonthlyCostReport',
  purpose: 'Report the final costs of last month, and mail the summaries to managers',
  whenItFails: 'managers and cost centers do not get the final costs of last month',
  trigger: monthAsked('cron(42 2 14 * ? *)'),
  needs: [
    'accounts',
    'settings',
    'organizationCosts',
    'exchangeRates',
    'costReports',
    'mailer',
    'progress',
    'bus',
  ],
  run: closeMonth,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
  when: whereCostsAreManaged,
});
