import { accountTold } from '#events/account-told.ts';
import { recordAccountEvent } from '#workflows/record-account-event.ts';
import { defineFunction } from './define-function.ts';

export const onAccountEvent = defineFunction({
  name: 'OnAccountEvent',
  purpose: 'Keep the shadow of an account up to date with its events, and count them',
  whenItFails: 'inventories and dashboards fall behind what accounts go through',
  trigger: accountTold,
  needs: ['accounts', 'settings', 'shadows'],
  run: recordAccountEvent,
});
