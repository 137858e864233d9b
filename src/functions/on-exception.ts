import { exceptionRaised } from '#events/exception-raised.ts';
import { handleException } from '#workflows/handle-exception.ts';
import { defineFunction } from './define-function.ts';

export const onException = defineFunction({
  name: 'OnException',
  purpose: 'Tell people of exceptions: one record each, with the costs of the account, and one message',
  whenItFails: 'nobody hears of budgets that are exceeded, logins as root, or accounts that do not come back',
  trigger: exceptionRaised,
  needs: [
    'accounts',
    'settings',
    'bus',
    'incidents',
    'incidentLog',
    'notices',
    'attachments',
    'accountCosts',
  ],
  run: handleException,
});
