import { buildReported } from '#events/build-reported.ts';
import { keepBuildReport } from '#workflows/keep-build-report.ts';
import { defineFunction } from './define-function.ts';

export const onBuildReport = defineFunction({
  name: 'OnBuildReport',
  purpose: 'Keep what builds report as files, those that come in parts too',
  whenItFails: 'reports of preparations and purges are missing among the reports',
  trigger: buildReported,
  needs: ['settings', 'buildReports'],
  run: keepBuildReport,
});
