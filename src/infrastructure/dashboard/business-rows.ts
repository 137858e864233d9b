import type { Row } from './lay-out.ts';
import type { Parts } from './parts.ts';

const day = 24 * 3600;
const height = 6;

/** What the business looks at: costs where they are reported, and what holders of accounts go through. */
export function businessRow({ search }: Parts, withCosts: boolean): Row {
  // A sum would tell twice what a day has cost that was measured twice, by a schedule or by hand.
  const costs = search('Daily costs by cost center', 'DailyCostsByCostCenter', {
    stat: 'Maximum',
    periodInSeconds: day,
    axis: 'USD',
  });
  const widgets = [
    ...(withCosts ? [costs] : []),
    search('Transactions by cost center', 'TransactionsByCostCenter'),
    search('Transactions by label', 'TransactionsByLabel'),
  ];
  return { height, widgets };
}

/** What accounts go through, and where they are. */
export function accountsRow({ search }: Parts): Row {
  const widgets = [
    search('Events by label', 'AccountEventsByLabel'),
    search('Exceptions by label', 'ExceptionsByLabel'),
    search('Accounts by state', 'AccountsByState', { stat: 'Maximum' }),
  ];
  return { height, widgets };
}
