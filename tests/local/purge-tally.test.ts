import { describe, expect, it } from 'vitest';
import { createPurgeTally } from '#local/purge-tally.ts';
import { alice, bob } from '#tests/worlds.ts';

const queue = { region: 'eu-west-1', type: 'SQSQueue', id: 'jobs' };
const nothing = { deleted: [], planned: [], kept: [] };

describe('when purges are counted', () => {
  it('takes resources of one name in two accounts or regions for different ones', () => {
    const tally = createPurgeTally();

    tally.add({ account: alice, ...nothing, deleted: [queue, { ...queue, region: 'eu-west-3' }] });
    tally.add({ account: bob, ...nothing, deleted: [queue] });

    expect(tally.summary()).toEqual({ deleted: ['jobs', 'jobs', 'jobs'], planned: [], kept: 0 });
  });

  it('counts a resource once, however often its purge is tried', () => {
    const tally = createPurgeTally();

    tally.add({ account: alice, ...nothing, kept: [queue] });
    tally.add({ account: alice, ...nothing, kept: [queue] });
    expect(tally.summary().kept).toBe(1);

    tally.add({ account: alice, ...nothing, deleted: [queue] });
    expect(tally.summary()).toEqual({ deleted: ['jobs'], planned: [], kept: 0 });
  });
});
