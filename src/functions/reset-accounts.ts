import { byHand } from '#events/schedule.ts';
import { resetAccounts } from '#workflows/set-states.ts';
import { defineFunction } from './define-function.ts';

export const resetAccountsByHand = defineFunction({
  name: 'ResetAccounts',
  purpose: 'Have all managed accounts on-boarded again',
  whenItFails: 'operators cannot reset all accounts at once',
  trigger: byHand,
  needs: ['accounts', 'settings', 'errands'],
  run: resetAccounts,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
});
