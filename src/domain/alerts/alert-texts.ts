import type { AccountId } from '#domain/account.ts';
import type { BudgetAlert } from './budget-alert.ts';

/** How people name an account: `Alice (200000000000)`. */
export const labelOf = (id: AccountId, name: string | undefined) => `${name ?? 'Unknown'} (${id})`;

export const budgetAlertTitle = (label: string) => `Budget alert on account '${label}'`;

/** The facts first, then what the holder of the account has received. */
export function budgetAlertMessage(label: string, alert: BudgetAlert, text: string): string {
  const { budget, limit, threshold, amount, kind } = alert;
  const facts = [
    ['Budget', budget],
    ['Budgeted amount', limit],
    ['Threshold', threshold],
    [kind === 'actual' ? 'Actual amount' : 'Forecasted amount', amount],
  ];
  return [
    facts.flatMap(([name, value]) => (value === undefined ? [] : [`- ${name}: ${value}`])).join('\n'),
    `You will find below a copy of the alert that has been sent automatically to the holder of account '${label}':`,
    '----',
    text,
  ].join('\n\n');
}
