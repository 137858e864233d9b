import { dayAsked } from '#events/date-asked.ts';
import { measureDailyCosts } from '#workflows/measure-daily-costs.ts';
import { defineFunction } from './define-function.ts';
import { whereCostsAreManaged } from './where-costs-are-managed.ts';

export const onDailyCostsMetric = defineFunction({
  name: 'OnDailyCostsMetric',
  purpose:
    'Measure what each cost center spent the day before yesterday, and tell of those above their thresholds',
  whenItFails: 'dashboards lack the costs of a day, and cost centers that run away go unnoticed',
  trigger: dayAsked('cron(42 0 * * ? *)'),
  needs: ['accounts', 'settings', 'organizationCosts', 'progress', 'bus'],
  run: measureDailyCosts,
  timeoutInSeconds: 900,
  memoryInMegabytes: 512,
  when: whereCostsAreManaged,
});
