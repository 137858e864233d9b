import { schedule } from '#events/schedule.ts';
import { sweepNewcomers } from '#workflows/sweep-newcomers.ts';
import { defineFunction } from './define-function.ts';

export const onNewcomersSweep = defineFunction({
  name: 'OnNewcomersSweep',
  purpose: 'Find accounts of managed units that have no state yet, and have them on-boarded',
  whenItFails: 'accounts whose creation or move went unnoticed wait for the next window',
  trigger: schedule(() => 'rate(1 hour)'),
  needs: ['accounts', 'settings', 'errands'],
  run: sweepNewcomers,
  timeoutInSeconds: 900,
  memoryInMegabytes: 1024,
});
