import { accountArrived } from '#events/account-arrived.ts';
import { welcomeAccount } from '#workflows/welcome-account.ts';
import { defineFunction } from './define-function.ts';

export const onVanillaAccount = defineFunction({
  name: 'OnVanillaAccount',
  purpose: 'On-board an account that has been created, or moved to a managed unit',
  whenItFails: 'new accounts get no tags, no budget and no guardrails',
  trigger: accountArrived,
  needs: ['accounts', 'settings', 'bus', 'progress'],
  run: welcomeAccount,
});
