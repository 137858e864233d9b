import { transactionsDue } from '#events/transactions-due.ts';
import { sweepTransactions } from '#workflows/sweep-transactions.ts';
import { defineFunction } from './define-function.ts';

export const onTransactionTimeOut = defineFunction({
  name: 'OnTransactionTimeOut',
  purpose: 'Take up again what is not over in time, and tell people of what is not over at its deadline',
  whenItFails: 'nobody hears of accounts that do not come back to their holders in time',
  trigger: transactionsDue,
  needs: ['accounts', 'settings', 'bus', 'shadows', 'transactions', 'progress', 'errands'],
  run: sweepTransactions,
  timeoutInSeconds: 300,
});
