import { gathered, withinAMinute } from '#events/gathered.ts';
import { transactionTold } from '#events/transaction-told.ts';
import { meterTransactions } from '#workflows/meter-transactions.ts';
import { defineFunction } from './define-function.ts';

export const onTransactionMetering = defineFunction({
  name: 'OnTransactionMetering',
  purpose: 'Measure how long on-boarding and maintenance of an account last',
  whenItFails: 'the duration of on-boarding and maintenance is not known',
  trigger: gathered(transactionTold, withinAMinute),
  needs: ['accounts', 'settings', 'bus', 'shadows', 'transactions'],
  run: meterTransactions,
});
