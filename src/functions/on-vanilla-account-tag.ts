import { accountTagged } from '#events/account-tagged.ts';
import { onboardAccount } from '#workflows/onboard-account.ts';
import { defineFunction } from './define-function.ts';

export const onVanillaAccountTag = defineFunction({
  name: 'OnVanillaAccountTag',
  purpose: 'On-board an account that an operator has tagged vanilla',
  whenItFails: 'accounts that operators reset stay as they are',
  trigger: accountTagged('vanilla'),
  needs: ['accounts', 'settings', 'bus', 'progress'],
  run: onboardAccount,
});
