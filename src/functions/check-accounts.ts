import { byHand } from '#events/schedule.ts';
import { checkAccounts } from '#workflows/check-accounts.ts';
import { defineFunction } from './define-function.ts';

export const checkAccountsByHand = defineFunction({
  name: 'CheckAccounts',
  purpose: 'Tell what is wrong with the tags of managed accounts',
  whenItFails: 'operators cannot check the tags of accounts',
  trigger: byHand,
  needs: ['accounts', 'settings'],
  run: checkAccounts,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
});
