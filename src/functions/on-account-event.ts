import { accountTold } from '#events/account-told.ts';
import { gathered, withinAMinute } from '#events/gathered.ts';
import { recordAccountEvents } from '#workflows/record-account-events.ts';
import { defineFunction } from './define-function.ts';

export const onAccountEvent = defineFunction({
  name: 'OnAccountEvent',
  purpose: 'Keep the shadow of an account up to date with its events, and count them',
  whenItFails: 'inventories and dashboards fall behind what accounts go through',
  trigger: gathered(accountTold, withinAMinute),
  needs: ['accounts', 'settings', 'shadows'],
  run: recordAccountEvents,
});
