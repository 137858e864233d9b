import { byHand } from '#events/schedule.ts';
import { defineFunction } from './define-function.ts';

export const checkHealth = defineFunction({
  name: 'CheckHealth',
  purpose: 'Tell that functions of the system run at all',
  whenItFails: 'nothing: people look at it when they doubt the deployment',
  trigger: byHand,
  needs: [],
  run: async () => '[OK]',
});
