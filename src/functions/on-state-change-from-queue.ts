import { stateChangeAsked } from '#events/errand.ts';
import { changeState } from '#workflows/change-state.ts';
import { defineFunction } from './define-function.ts';

export const onStateChangeFromQueue = defineFunction({
  name: 'OnStateChangeFromQueue',
  purpose: 'Write the states that bulk commands ask for, a few at a time',
  whenItFails: 'maintenance windows and bulk commands have no effect',
  trigger: stateChangeAsked,
  needs: ['accounts', 'settings'],
  run: changeState,
});
