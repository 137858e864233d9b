import { buildFailed } from '#events/build-ended.ts';
import { handleFailedBuild } from '#workflows/handle-failed-build.ts';
import { defineFunction } from './define-function.ts';

export const onAlertFromCodebuild = defineFunction({
  name: 'OnAlertFromCodebuild',
  purpose: 'Try again after a build that has failed, tell people, and give up after the third',
  whenItFails: 'failed builds are noticed late, by the sweep',
  trigger: buildFailed,
  needs: ['accounts', 'settings', 'bus', 'workshop', 'progress', 'errands', 'buildReports'],
  run: handleFailedBuild,
});
