import type { ReportFile } from '#domain/costs/report-file.ts';
import { buildReportKey, partKey } from '#domain/reports/report-keys.ts';
import type { BuildReported } from '#events/build-reported.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

type Needs = Ports<'settings' | 'buildReports'>;

/** What a build reports becomes a file, so that no member account has to reach the bucket. Parts are joined by the last. */
export async function keepBuildReport(told: BuildReported, ports: Needs): Promise<Outcome> {
  const { settings, buildReports, clock } = ports;
  const { account, phase, at = clock.now(), text, part } = told;
  const { buildsPrefix } = (await settings.book()).reporting;
  const key = buildReportKey(buildsPrefix, { account, phase, at: part?.time ?? at });
  if (!part) {
    await buildReports.keep(textFile(key, Buffer.from(text)));
    return { outcome: 'kept', account, key };
  }
  const own = partKey(key, part.number, part.count);
  await buildReports.keep(textFile(own, Buffer.from(text)));
  const whole = await joined(key, part.count, ports);
  if (!whole) return { outcome: 'kept in part', account, key: own };
  await buildReports.keep(textFile(key, whole));
  return { outcome: 'kept', account, key };
}

/** Undefined as long as a part is missing. The last one is looked for first, since it most often comes last. */
async function joined(key: string, count: number, { buildReports }: Needs): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  for (let number = count; number > 0; number -= 1) {
    const part = await buildReports.read(partKey(key, number, count));
    if (!part) return undefined;
    parts.unshift(part);
  }
  return Buffer.concat(parts);
}

const textFile = (key: string, body: Uint8Array): ReportFile => ({
  key,
  contentType: 'text/plain; charset=utf-8',
  body,
});
