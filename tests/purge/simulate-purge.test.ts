import { describe, expect, it } from 'vitest';
import { accountId } from '#domain/account.ts';
import type { HeldResource } from '#domain/purge/held-resource.ts';
import { ProtectedAccount } from '#domain/purge/purge-configuration.ts';
import { simulatePurge } from '#domain/purge/simulate-purge.ts';
import { account, protectedAccounts, usualVariables } from './requests.ts';

const now = new Date('2026-11-22T10:00:00.500Z');

const aResource = (changes: Partial<HeldResource> & Pick<HeldResource, 'id'>): HeldResource => ({
  region: 'eu-west-1',
  type: 'EC2Instance',
  created: '2026-11-15',
  tags: {},
  ...changes,
});

const purge = (resources: readonly HeldResource[], variables: Readonly<Record<string, string>> = {}) =>
  simulatePurge({
    account,
    protectedAccounts,
    resources,
    now,
    variables: { ...usualVariables, ...variables },
  });

const idsOf = (resources: readonly HeldResource[]) => resources.map(({ id }) => id);

const young = aResource({ id: 'i-0young' });
const marked = aResource({ id: 'i-0marked', tags: { purge: 'me' } });
const old = aResource({ id: 'i-0old', created: '2026-01-15' });

describe('when an account is purged', () => {
  it('loses what is marked and what is old, and keeps the rest', () => {
    const { deleted, kept, status } = purge([young, marked, old]);

    expect(status).toBe('SUCCEEDED');
    expect(idsOf(deleted)).toEqual(['i-0marked', 'i-0old']);
    expect(kept).toEqual([young]);
  });

  it('loses nothing in a dry run, which is the default', () => {
    expect(idsOf(purge([young, marked, old], { PURGE_MODE: '' }).planned)).toEqual(['i-0marked', 'i-0old']);
    expect(purge([young, marked, old], { PURGE_MODE: '' }).deleted).toEqual([]);
  });

  it('keeps what belongs to the platform, to us, or to a stack of theirs', () => {
    const kept = [
      aResource({ ...marked, type: 'SNSTopic', id: 'SpaAlertTopic' }),
      aResource({
        ...marked,
        type: 'CloudWatchLogsLogGroup',
        id: '/aws/codebuild/SpaProjectForAccountPreparation',
      }),
      aResource({ ...marked, type: 'CloudFormationStack', id: 'StackSet-AWSControlTowerBP-BASELINE-ROLES' }),
      aResource({ ...marked, id: 'i-1', tags: { purge: 'me', origin: 'SustainablePersonalAccounts' } }),
      aResource({
        ...old,
        type: 'S3Bucket',
        id: 'cdk-assets',
        tags: { 'aws:cloudformation:stack-name': 'CDKToolkit' },
      }),
    ];

    expect(purge(kept).kept).toEqual(kept);
    expect(
      purge([aResource({ ...marked, type: 'SNSTopic', id: 'SpaAlertTopicOfMine' })]).deleted,
    ).toHaveLength(1);
  });

  it('keeps what a type can not tell the age of, whatever is written, and remembers when it saw it', () => {
    const fileSystem = aResource({ type: 'EFSFileSystem', id: 'fs-1', created: '2019-01-01' });

    const { kept, deleted } = purge([fileSystem]);

    expect(deleted).toEqual([]);
    expect(kept).toEqual([{ ...fileSystem, tags: { 'spa-first-seen': '2026-11-22T10:00:00Z' } }]);
  });

  it('judges it by that memory later', () => {
    const seen = (when: string) =>
      aResource({ type: 'EFSFileSystem', id: 'fs-1', tags: { 'spa-first-seen': when } });

    expect(purge([seen('2026-01-01T00:00:00Z')]).deleted).toHaveLength(1);
    expect(purge([seen('2026-11-01T00:00:00Z')]).kept).toEqual([seen('2026-11-01T00:00:00Z')]);
  });

  it.each(['never', '2099-01-01T00:00:00Z', '2026-01-01'])('mends the memory %j', (when) => {
    const fileSystem = aResource({ type: 'EFSFileSystem', id: 'fs-1', tags: { 'spa-first-seen': when } });

    expect(purge([fileSystem]).kept[0]?.tags).toEqual({ 'spa-first-seen': '2026-11-22T10:00:00Z' });
  });

  it('stamps nothing when it is dry, when no age is asked for, or where nothing may change', () => {
    const fileSystem = aResource({ type: 'EFSFileSystem', id: 'vault' });
    const untouched = (variables: Record<string, string>) =>
      purge([fileSystem], variables).kept[0] === fileSystem;

    expect(untouched({})).toBe(false);
    expect(untouched({ PURGE_MODE: '--dry-run' })).toBe(true);
    expect(untouched({ MAXIMUM_AGE: '' })).toBe(true);
    expect(untouched({ PROTECTED_RESOURCES: 'vault' })).toBe(true);
    expect(untouched({ REGIONS: 'us-east-1' })).toBe(true);
    expect(untouched({ EXCLUDED_TYPES: 'EFSFileSystem' })).toBe(true);
  });

  it('returns the same resources that it was given, with all that they bear', () => {
    const held = { ...old, account: '200000000000' };

    const run = { account, protectedAccounts, resources: [held], now, variables: usualVariables };

    expect(simulatePurge(run).deleted[0]?.account).toBe('200000000000');
  });
});

describe('when a purge must not go on', () => {
  it('fails and deletes nothing, where the plan is too long', () => {
    const { status, reason, deleted, planned, report } = purge([marked, old], { MAXIMUM_DELETIONS: '1' });

    expect({ status, deleted }).toEqual({ status: 'FAILED', deleted: [] });
    expect(idsOf(planned)).toEqual(['i-0marked', 'i-0old']);
    expect(reason).toBe('2 resources to delete, MAXIMUM_DELETIONS allows 1');
    expect(report).toContain(`Stopped: ${reason}`);
  });

  it('goes on where the plan is just as long as it may be', () => {
    expect(purge([marked, old], { MAXIMUM_DELETIONS: '2' }).deleted).toHaveLength(2);
  });

  it('fails and deletes nothing, where a variable is wrong', () => {
    const { status, reason, kept } = purge([marked], { MAXIMUM_AGE: 'old', PURGE_MODE: 'x' });

    expect({ status, kept }).toEqual({ status: 'FAILED', kept: [marked] });
    expect(reason).toContain('MAXIMUM_AGE is "old"');
    expect(reason).toContain('PURGE_MODE is "x"');
  });

  it('fails and deletes nothing, where a date stops the engine', () => {
    const { status, reason, kept } = purge([marked, aResource({ id: 'i-1', created: 'soon' })]);

    expect(status).toBe('FAILED');
    expect(reason).toContain('can\'t read the date "soon"');
    expect(kept).toHaveLength(2);
  });

  it('never enters a protected account', () => {
    const run = {
      account: accountId('111111111111'),
      protectedAccounts,
      resources: [],
      now,
      variables: usualVariables,
    };

    expect(() => simulatePurge(run)).toThrow(ProtectedAccount);
  });
});
