import { look } from '#adapters/doctor/look.ts';
import { loadSettings } from '#adapters/settings-files/load-settings.ts';
import type { AwsAccess } from '#adapters/aws/access.ts';
import { inALine } from '#domain/doctor/diagnosis.ts';
import { monthBefore, monthOf } from '#domain/calendar.ts';
import { countFiles, monthlyCostReport } from '#domain/costs/monthly-cost-report.ts';
import { priceOfRequests } from '#domain/costs/price-of-requests.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { gatherMonth, type WithoutRate } from '#workflows/gather-month.ts';
import { asJson, type CommandOutcome } from '../settings/command-outcome.ts';
import { createLocalFolder } from './local-folder.ts';
import { createProgressBar, type ProgressBar } from './progress-bar.ts';
import { costAccess, reachCosts } from './reach-costs.ts';

export interface ReportCostsOptions {
  /** Path of the settings file. */
  readonly settings: string;
  /** YYYY-MM; the month before this one unless given. */
  readonly month: string | undefined;
  /** Folder in which the files are put, under their keys. */
  readonly output: string;
  readonly json: boolean;
  /** Where people look while they wait. */
  readonly progress: { readonly isTTY?: boolean; write(text: string): unknown };
}

/** `spa report costs`: the files that the monthly function writes, in a folder of this machine. Throws InvalidSettings. */
export async function reportCosts(
  options: ReportCostsOptions,
  accessTo: (region: string) => AwsAccess = costAccess,
): Promise<CommandOutcome> {
  const settings = await loadSettings(options.settings);
  const own = accessTo(settings.automation.region);
  const now = monthOf(own.clock.now());
  const month = options.month ?? monthBefore(now);
  if (month > now)
    return {
      exitStatus: 2,
      stdout: '',
      stderr: `${month} has not begun yet: name ${now} or a month before\n`,
    };
  const bar = createProgressBar(options.progress);
  try {
    const sight = await look(() => writeReport(settings, month, options.output, own, bar));
    if ('seen' in sight) return told(sight.seen, options);
    return failed(month, inALine(sight));
  } catch (fault) {
    if (fault instanceof Error && 'syscall' in fault) return failed(month, fault.message);
    throw fault;
  } finally {
    bar.end();
  }
}

/** AWS or the disk does not let us. */
const failed = (month: string, reason: string): CommandOutcome => ({
  exitStatus: 1,
  stdout: '',
  stderr: `Costs of ${month} are not reported: ${reason}\n`,
});

interface Report {
  readonly month: string;
  readonly files: readonly string[];
  readonly requests: number;
  readonly withoutRate: WithoutRate | undefined;
}

async function writeReport(
  settings: Settings,
  month: string,
  output: string,
  own: AwsAccess,
  bar: ProgressBar,
): Promise<Report> {
  bar.begin(`Asking Cost Explorer about ${month}`);
  const ports = await reachCosts(settings, own, () => bar.advance());
  const { costs, requests, withoutRate } = await gatherMonth(month, ports);
  const folder = createLocalFolder(output);
  const total = countFiles(costs);
  const files: string[] = [];
  bar.begin(`Writing ${total} files`);
  for (const file of monthlyCostReport(costs, folder.formats)) {
    await folder.keep(file);
    files.push(folder.addressOf(file.key));
    bar.advance(total);
  }
  return { month, files, requests, withoutRate };
}

function told(
  { month, files, requests, withoutRate }: Report,
  { output, json }: ReportCostsOptions,
): CommandOutcome {
  const exitStatus = withoutRate ? 1 : 0;
  const price = priceOfRequests(requests);
  const { currencies = [], reason = '' } = withoutRate ?? {};
  if (json)
    return {
      exitStatus,
      stdout: asJson({ month, output, files, withoutRate: currencies, requests, price }),
      stderr: '',
    };
  const lines = [
    `${month}: ${files.length} files in ${output}; ${requests} requests to Cost Explorer, ${price}`,
    ...(withoutRate ? [`No exchange rates for ${currencies.join(', ')}: ${reason}`] : []),
  ];
  return { exitStatus, stdout: '', stderr: `${lines.join('\n')}\n` };
}
