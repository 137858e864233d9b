import { schedule } from '#events/schedule.ts';
import { sweepAccounts } from '#workflows/sweep-accounts.ts';
import { defineFunction } from './define-function.ts';

export const onAccountsSweep = defineFunction({
  name: 'OnAccountsSweep',
  purpose: 'Find accounts in transit that nothing has been heard of, and take them up again',
  whenItFails: 'accounts whose event or build was lost stay where they are',
  trigger: schedule(() => 'rate(5 minutes)'),
  needs: ['accounts', 'progress', 'errands'],
  run: sweepAccounts,
  timeoutInSeconds: 300,
  memoryInMegabytes: 512,
});
