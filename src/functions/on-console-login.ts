import { consoleLogin } from '#events/console-login.ts';
import { recordLogin } from '#workflows/record-login.ts';
import { defineFunction } from './define-function.ts';

export const onConsoleLogin = defineFunction({
  name: 'OnConsoleLogin',
  purpose: 'Record logins on the console, and tell people of those as root or as IAM user',
  whenItFails: 'logins on the console are not recorded, and those as root go unnoticed',
  trigger: consoleLogin,
  needs: ['accounts', 'settings', 'bus', 'shadows', 'logins'],
  run: recordLogin,
  // Shorter than the lease of a login that has been claimed.
  timeoutInSeconds: 45,
});
