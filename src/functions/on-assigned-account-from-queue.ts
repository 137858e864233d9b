import { accountTagged } from '#events/account-tagged.ts';
import { assignAccount } from '#workflows/assign-account.ts';
import { defineFunction } from './define-function.ts';

export const onAssignedAccountFromQueue = defineFunction({
  name: 'OnAssignedAccountFromQueue',
  purpose: 'Prepare an account that has been assigned, when its settings ask for it',
  whenItFails: 'accounts are not prepared, and do not come back to their holders',
  trigger: accountTagged('assigned', { concurrency: 20 }),
  needs: ['accounts', 'settings', 'bus', 'workshop', 'progress'],
  run: assignAccount,
});
