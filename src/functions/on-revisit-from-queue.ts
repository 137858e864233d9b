import { revisitAsked } from '#events/errand.ts';
import { revisitAccount } from '#workflows/revisit-account.ts';
import { defineFunction } from './define-function.ts';

export const onRevisitFromQueue = defineFunction({
  name: 'OnRevisitFromQueue',
  purpose: 'Take up again an account whose last try has failed or was lost',
  whenItFails: 'accounts whose build has failed stay where they are',
  trigger: revisitAsked,
  needs: ['accounts', 'settings', 'bus', 'workshop', 'progress', 'errands', 'buildReports'],
  run: revisitAccount,
});
