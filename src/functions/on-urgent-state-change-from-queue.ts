import { urgentStateChangeAsked } from '#events/errand.ts';
import { changeState } from '#workflows/change-state.ts';
import { defineFunction } from './define-function.ts';

export const onUrgentStateChangeFromQueue = defineFunction({
  name: 'OnUrgentStateChangeFromQueue',
  purpose: 'Write the states that operators and newcomers wait for, beside a window that is under way',
  whenItFails: 'bulk commands have no effect, and accounts that nobody has noticed are not on-boarded',
  trigger: urgentStateChangeAsked,
  needs: ['accounts', 'settings', 'progress'],
  run: changeState,
});
