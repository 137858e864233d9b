import type { AccountId } from '#domain/account.ts';
import type { WorldResource } from './world.ts';

interface Template {
  readonly type: string;
  readonly name: string;
  readonly ageInDays?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly global?: boolean;
}

/** The tag that holders put on what a purge may take. */
export interface Mark {
  readonly key: string;
  readonly value: string;
}

const protectedTemplates: readonly Template[] = [
  { type: 'CloudFormationStack', name: 'StackSet-AWSControlTowerBP-BASELINE-CLOUDWATCH', ageInDays: 700 },
  { type: 'CloudWatchLogsLogGroup', name: '/aws-controltower/CloudTrailLogs', ageInDays: 700 },
  { type: 'IAMRole', name: 'AWSControlTowerExecution', ageInDays: 700, global: true },
  { type: 'IAMRole', name: 'OrganizationAccountAccessRole', ageInDays: 700, global: true },
];

const templatesOfHolders = ({ key, value }: Mark): readonly Template[] => [
  { type: 'EC2Instance', name: 'i-old', ageInDays: 430, tags: { Name: 'forgotten' } },
  { type: 'EC2Instance', name: 'i-new', ageInDays: 4, tags: { Name: 'experiment' } },
  { type: 'EC2Volume', name: 'vol-marked', ageInDays: 12, tags: { [key]: value } },
  { type: 'EC2Snapshot', name: 'snap-old', ageInDays: 600 },
  { type: 'S3Bucket', name: 'bucket-marked', ageInDays: 90, tags: { [key]: value } },
  { type: 'S3Bucket', name: 'bucket-of-today', ageInDays: 1 },
  { type: 'RDSInstance', name: 'database-old', ageInDays: 380, tags: { team: 'data' } },
  { type: 'CloudFormationStack', name: 'workshop', ageInDays: 300 },
  { type: 'EFSFileSystem', name: 'fs-marked', tags: { [key]: value } },
  { type: 'LambdaFunction', name: 'hello', tags: { team: 'web' } },
];

const perAccount = 4;
const oneDay = 86_400_000;

/** In each account what every account has, and some of what holders leave: old, new and marked. */
export function sampleResources(
  accounts: readonly AccountId[],
  { region, mark, today }: { readonly region: string; readonly mark: Mark; readonly today: Date },
): readonly WorldResource[] {
  const templates = templatesOfHolders(mark);
  return accounts.flatMap((account, index) => {
    const own = Array.from(
      { length: perAccount },
      (_, offset) => templates[(index * 3 + offset) % templates.length],
    );
    const all = [...protectedTemplates, ...own.filter((template) => template !== undefined)];
    return all.map(({ type, name, ageInDays, tags = {}, global }) => ({
      account,
      region: global ? 'global' : region,
      type,
      id: protectedTemplates.some((template) => template.name === name) ? name : `${name}-${account}`,
      ...(ageInDays === undefined
        ? {}
        : { created: new Date(today.getTime() - ageInDays * oneDay).toISOString().slice(0, 10) }),
      tags,
    }));
  });
}
