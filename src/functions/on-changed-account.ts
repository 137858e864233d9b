import { accountChanged } from '#events/account-changed.ts';
import { followAccount } from '#workflows/follow-account.ts';
import { defineFunction } from './define-function.ts';

export const onChangedAccount = defineFunction({
  name: 'OnChangedAccount',
  purpose: 'Follow accounts that are created, moved, closed, or bear other tags',
  whenItFails: 'inventories and activities bear former tags and units until the next inventory',
  trigger: accountChanged,
  needs: ['accounts', 'settings', 'shadows', 'activities'],
  run: followAccount,
});
