import { buildSucceeded } from '#events/build-ended.ts';
import { concludeBuild } from '#workflows/conclude-build.ts';
import { defineFunction } from './define-function.ts';

export const onPreparedAccountFromCodebuild = defineFunction({
  name: 'OnPreparedAccountFromCodebuild',
  purpose: 'Release an account whose preparation has succeeded',
  whenItFails: 'prepared accounts do not come back to their holders',
  trigger: buildSucceeded('preparation'),
  needs: ['accounts', 'settings', 'bus', 'workshop', 'progress'],
  run: concludeBuild,
});
