import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeldResource } from '#domain/purge/held-resource.ts';
import { seenByEngine } from '#domain/purge/held-resource.ts';
import { judge } from '#domain/purge/filter-model.ts';
import { configurationText, purgeConfiguration } from '#domain/purge/purge-configuration.ts';
import type { PurgeSettings, Tag } from '#domain/purge/purge-settings.ts';
import { readEngineConfiguration } from '#domain/purge/read-engine-configuration.ts';
import { firstSeenTag, resourceType, resourceTypes } from '#domain/purge/resource-types.ts';
import { simulatePurge } from '#domain/purge/simulate-purge.ts';
import { account, protectedAccounts, settingsFrom } from './requests.ts';

const now = new Date('2026-11-22T10:00:00Z');
const hour = 3_600_000;

/** Types that no purge may touch: without properties, of IAM, unknown to us. */
const untouchable = [
  'KinesisStream',
  'IAMRole',
  'IAMUser',
  'SageMakerNotebookInstance',
  'ConfigServiceConfigRule',
  'Zzz',
];

const namesOfThePlatform = [
  'aws-controltower-logs',
  'StackSet-AWSControlTowerBP-VPC-1',
  'arn:aws:sns:eu-west-1:200000000000:SpaAlertTopic',
  '/aws/codebuild/SpaProjectForAccountPurge',
  'CDKToolkit',
  'AWSReservedSSO_Admin_0123456789abcdef',
];

const words = ['purge', 'me', 'keep', 'yes', 'it"s', `it's`, 'no', '7', '- a: b', '$(id)', 'é', ''];
const word = fc.constantFrom(...words.filter((one) => one !== ''));
const names = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...namesOfThePlatform, 'vault', 'db-1', 'db') },
  { weight: 4, arbitrary: fc.string({ maxLength: 8 }) },
);

const instant = fc
  .integer({ min: -20_000, max: 2000 })
  .map((hours) => `${new Date(now.getTime() + hours * hour).toISOString().slice(0, 19)}Z`);

function tagsFrom(some: Record<string, string>, seen: string | null, origin: number): Record<string, string> {
  const stamp = seen === null ? {} : { [firstSeenTag]: seen };
  return { ...some, ...stamp, ...(origin === 0 ? { origin: 'SustainablePersonalAccounts' } : {}) };
}

const tags = fc
  .tuple(
    fc.dictionary(word, fc.constantFrom(...words), { maxKeys: 3 }),
    fc.option(instant),
    fc.nat({ max: 7 }),
  )
  .map((drawn) => tagsFrom(...drawn));

const resource: fc.Arbitrary<HeldResource> = fc.record({
  region: fc.constantFrom('eu-west-1', 'us-east-1', 'global'),
  type: fc.constantFrom(...resourceTypes.map(({ name }) => name), ...untouchable),
  id: names,
  created: fc.option(instant, { nil: undefined }),
  tags: fc.oneof({ weight: 4, arbitrary: tags }, { weight: 1, arbitrary: fc.constant({}) }),
});

const seldom = (value: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: value });

const mark = fc.option(fc.tuple(word, word));

const variables = fc.record({
  MAXIMUM_AGE: fc.constantFrom('', '1d', '2w', '3M', '9M', '1y', '10Y'),
  PROTECTED_TAG: seldom(fc.constantFrom('keep', 'keep=yes', 'purge=no', 'it"s')),
  PROTECTED_RESOURCES: seldom(fc.constantFrom('vault', 'vault,db-*', 'nothing')),
  REGIONS: seldom(fc.constantFrom('all', 'eu-west-1', 'eu-west-1,global')),
  INCLUDED_TYPES: seldom(
    fc.constantFrom('EC2Instance,EFSFileSystem,EMRCluster,KMSKey', 'EMRCluster', 'S3Bucket'),
  ),
  EXCLUDED_TYPES: seldom(fc.constantFrom('EC2Instance', 'S3Bucket,LambdaFunction')),
});

const withMark = (
  others: Record<string, string>,
  drawn: [string, string] | null,
): Record<string, string> => ({
  ...others,
  PURGE_MODE: '--force',
  TAG_KEY: drawn?.[0] ?? '',
  TAG_VALUE: drawn?.[1] ?? '',
});

const asked = fc.tuple(variables, mark).map((drawn) => withMark(...drawn));

/** The engine does not see the tags of every type. */
const tagsSeenOf = ({ type, tags }: HeldResource) => (resourceType(type)?.tagged === true ? tags : {});

const isOfThePlatform = (one: HeldResource) =>
  namesOfThePlatform.includes(one.id) || tagsSeenOf(one)['origin'] === 'SustainablePersonalAccounts';

function bears({ key, value }: Tag, one: HeldResource): boolean {
  const found = tagsSeenOf(one)[key] ?? '';
  return value === '' ? found !== '' : found === value;
}

const isProtectedBy = ({ protectedTag, protectedResources }: PurgeSettings, one: HeldResource) =>
  (protectedTag !== undefined && bears(protectedTag, one)) ||
  (protectedResources.includes('vault') && one.id === 'vault') ||
  (protectedResources.includes('db-*') && one.id.startsWith('db-'));

const isMarked = ({ markedBy }: PurgeSettings, one: HeldResource) =>
  markedBy !== undefined && bears(markedBy, one);

function birthOf({ type, created, tags }: HeldResource): string | undefined {
  const kind = resourceType(type)?.age.kind;
  if (kind === 'property') return created;
  return kind === 'first-seen' ? tags[firstSeenTag] : undefined;
}

const isOld = ({ maximumAgeInHours: hours }: PurgeSettings, one: HeldResource) =>
  hours !== undefined && Date.parse(birthOf(one) ?? '') < now.getTime() - hours * hour;

const isInScope = ({ types, regions }: PurgeSettings, { type, region }: HeldResource) =>
  types.includes(type) && (regions.includes('all') || regions.includes(region));

/** What the settings ask for, in so many words. */
const isAskedFor = (settings: PurgeSettings, one: HeldResource) =>
  isInScope(settings, one) &&
  !isOfThePlatform(one) &&
  !isProtectedBy(settings, one) &&
  (isMarked(settings, one) || isOld(settings, one));

const figures = { runs: 0, judged: 0, deleted: 0 };

describe('for any settings and any resources', () => {
  it('what is asked for is deleted, and nothing else', () => {
    fc.assert(
      fc.property(asked, fc.array(resource, { minLength: 60, maxLength: 120 }), (variables, resources) => {
        const settings = settingsFrom(variables);

        const { deleted, kept, planned, status } = simulatePurge({
          account,
          protectedAccounts,
          variables,
          resources,
          now,
        });

        figures.runs += 1;
        figures.judged += resources.length;
        figures.deleted += deleted.length;
        expect(status).toBe('SUCCEEDED');
        expect(deleted).toEqual(resources.filter((one) => isAskedFor(settings, one)));
        expect(planned).toEqual([]);
        expect(deleted.length + kept.length).toBe(resources.length);
      }),
      { numRuns: 200 },
    );
    expect(figures.runs).toBe(200);
    expect(figures.judged).toBeGreaterThanOrEqual(12_000);
    expect(figures.deleted).toBeGreaterThan(500);
  });

  it('a dry run plans just what a real one deletes, and changes nothing', () => {
    fc.assert(
      fc.property(asked, fc.array(resource, { maxLength: 20 }), (variables, resources) => {
        const run = { account, protectedAccounts, resources, now };

        const real = simulatePurge({ ...run, variables });
        const dry = simulatePurge({ ...run, variables: { ...variables, PURGE_MODE: '--dry-run' } });

        expect(dry.planned).toEqual(real.deleted);
        expect(dry.deleted).toEqual([]);
        expect(dry.kept.every((one) => resources.includes(one))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('no type without properties is deleted, even when all that is known is told to the engine', () => {
    fc.assert(
      fc.property(asked, fc.array(resource, { maxLength: 20 }), (variables, resources) => {
        const { tag, age } = purgeConfiguration({
          account,
          protectedAccounts,
          settings: settingsFrom(variables),
        });
        const passes = [tag, age]
          .filter((pass) => pass !== undefined)
          .map(configurationText)
          .map(readEngineConfiguration);

        const deleted = passes.flatMap((pass) =>
          judge(pass, account, resources.map(seenByEngine), now).flatMap(({ verdict }, index) =>
            verdict === 'delete' ? [resources[index]?.type] : [],
          ),
        );

        expect(deleted.filter((type) => type === undefined || resourceType(type) === undefined)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
