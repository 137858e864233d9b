import { stateChangeAsked } from '#events/errand.ts';
import { changeState } from '#workflows/change-state.ts';
import { defineFunction } from './define-function.ts';

export const onStateChangeFromQueue = defineFunction({
  name: 'OnStateChangeFromQueue',
  purpose: 'Write the states that a maintenance window asks for, a few at a time',
  whenItFails: 'maintenance windows have no effect',
  trigger: stateChangeAsked,
  needs: ['accounts', 'settings', 'progress'],
  run: changeState,
});
