import { byHand } from '#events/schedule.ts';
import { releaseAccounts } from '#workflows/set-states.ts';
import { defineFunction } from './define-function.ts';

export const releaseAccountsByHand = defineFunction({
  name: 'ReleaseAccounts',
  purpose: 'Release all managed accounts, whatever they go through',
  whenItFails: 'operators cannot release all accounts at once',
  trigger: byHand,
  needs: ['accounts', 'settings', 'errands'],
  run: releaseAccounts,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
});
