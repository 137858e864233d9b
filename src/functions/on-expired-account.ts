import { accountTagged } from '#events/account-tagged.ts';
import { expireAccount } from '#workflows/expire-account.ts';
import { defineFunction } from './define-function.ts';

export const onExpiredAccount = defineFunction({
  name: 'OnExpiredAccount',
  purpose: 'Purge an account that has expired, when its settings ask for it',
  whenItFails: 'expired accounts keep their resources and their costs',
  trigger: accountTagged('expired', { concurrency: 20 }),
  needs: ['accounts', 'settings', 'bus', 'workshop', 'progress'],
  run: expireAccount,
});
