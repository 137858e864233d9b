import type { Passage } from '#domain/lifecycle.ts';
import { buildReportKey, buildReportsFolder, isBuildReport } from '#domain/reports/report-keys.ts';
import { failureIn, type ReportedFailure } from '#domain/reports/failure-in-report.ts';
import type { Ports } from '#ports/ports.ts';

/** What is known of a build that failed: where its report is, and what that says. */
export interface LastReport extends ReportedFailure {
  readonly key: string;
}

/** The last report of a phase since it was called for; undefined when none has come, or not yet. */
export async function lastReport(
  { account, phase, since }: Passage,
  { settings, buildReports }: Ports<'settings' | 'buildReports'>,
): Promise<LastReport | undefined> {
  if (since === undefined) return undefined;
  const { buildsPrefix } = (await settings.book()).reporting;
  const begun = buildReportKey(buildsPrefix, { account, phase, at: new Date(since * 1000) });
  const keys = await buildReports.keysAfter(buildReportsFolder(buildsPrefix, account), begun);
  const key = keys.findLast((one) => isBuildReport(one, phase));
  const text = key && (await buildReports.read(key));
  return key && text ? { key, ...failureIn(Buffer.from(text).toString(), phase) } : undefined;
}
