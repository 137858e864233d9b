import { seededRandom } from './seeded-random.ts';
import type { CostLine, WorldAccount } from './world.ts';

interface Usage {
  readonly service: string;
  readonly usageType: string;
  /** USD on an ordinary day. */
  readonly perDay: number;
}

const compute = usage('Amazon Elastic Compute Cloud - Compute', 'EUW1-BoxUsage:t3.medium', 1.9);
const usages: readonly Usage[] = [
  compute,
  usage('EC2 - Other', 'EUW1-EBS:VolumeUsage.gp3', 0.42),
  usage('Amazon Simple Storage Service', 'EUW1-TimedStorage-ByteHrs', 0.13),
  usage('Amazon Relational Database Service', 'EUW1-InstanceUsage:db.t4g.micro', 0.41),
  usage('AWS Lambda', 'EUW1-Lambda-GB-Second', 0.04),
  usage('AmazonCloudWatch', 'EUW1-CW:MetricMonitorUsage', 0.08),
  usage('Amazon SageMaker', 'EUW1-Notebk:ml.t3.medium', 2.6),
  usage('AWS Key Management Service', 'eu-west-1-KMS-Requests', 0.03),
];

function usage(service: string, usageType: string, perDay: number): Usage {
  return { service, usageType, perDay };
}

// Enough for reports to look real; more would make the world of a large settings file slow to open.
const mostAccounts = 100;
const oneDay = 86_400_000;

/** Bills of the last two complete months and of the running one up to yesterday, for the first 100 accounts. */
export function sampleCosts(accounts: readonly WorldAccount[], today: Date): readonly CostLine[] {
  const days = daysBefore(today);
  return accounts.slice(0, mostAccounts).flatMap((account) => billOf(account, days));
}

function daysBefore(today: Date): readonly string[] {
  const first = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 2, 1);
  const midnight = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  return Array.from({ length: (midnight - first) / oneDay }, (_, day) =>
    new Date(first + day * oneDay).toISOString().slice(0, 10),
  );
}

function billOf({ id }: WorldAccount, days: readonly string[]): readonly CostLine[] {
  const random = seededRandom(id);
  const used = usages.filter((kind) => random() < 0.4 || kind === compute);
  const size = 0.3 + random() * 2;
  const credited = random() < 0.2;
  const line = (date: string, recordType: string, kind: Omit<Usage, 'perDay'>, amount: number): CostLine => ({
    account: id,
    date,
    recordType,
    service: kind.service,
    usageType: kind.usageType,
    amount: amount.toFixed(10).replace(/\.?0+$/, ''),
  });
  return days.flatMap((date) => {
    const today = used.map((kind) => line(date, 'Usage', kind, kind.perDay * size * (0.6 + random() * 0.8)));
    if (!date.endsWith('-01')) return today;
    const tax = line(date, 'Tax', { service: 'Tax', usageType: '' }, 4 * size);
    const credit = line(date, 'Credit', compute, -2.5 * size);
    return [...today, tax, ...(credited ? [credit] : [])];
  });
}
