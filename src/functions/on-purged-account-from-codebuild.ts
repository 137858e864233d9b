import { buildSucceeded } from '#events/build-ended.ts';
import { concludeBuild } from '#workflows/conclude-build.ts';
import { defineFunction } from './define-function.ts';

export const onPurgedAccountFromCodebuild = defineFunction({
  name: 'OnPurgedAccountFromCodebuild',
  purpose: 'Assign an account whose purge has succeeded to its holder again',
  whenItFails: 'purged accounts do not come back to their holders',
  trigger: buildSucceeded('purge'),
  needs: ['accounts', 'settings', 'bus', 'workshop', 'progress'],
  run: concludeBuild,
});
