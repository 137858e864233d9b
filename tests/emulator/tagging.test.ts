import { describe, expect, it } from 'vitest';
import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  paginateGetResources,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { RemoveAccountFromOrganizationCommand, TagResourceCommand } from '@aws-sdk/client-organizations';
import { automation, management, member, openOrganization, opensAt } from './support-organization.ts';

const arnOf = (id: string) => `arn:aws:organizations::${management}:account/o-a1b2c3d4e5/${id}`;
const ofAccounts = Object.freeze({ ResourceTypeFilters: ['organizations:account'] });
const byState = (...Values: string[]) => ({ ...ofAccounts, TagFilters: [{ Key: 'state', Values }] });

type Client = ReturnType<ReturnType<typeof openOrganization>['tagging']>;

async function arnsOf(client: Client, input: GetResourcesCommandInput) {
  const { ResourceTagMappingList = [] } = await client.send(new GetResourcesCommand(input));
  return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN);
}

describe('when tags of accounts are asked for in bulk', () => {
  it('comes in pages of 100, all tags of each, and none of those that never bore one', async () => {
    const { tagging } = openOrganization(250, { state: 'released', note: 'x' });

    const sizes: number[] = [];
    for await (const { ResourceTagMappingList = [] } of paginateGetResources(
      { client: tagging() },
      { ...ofAccounts },
    )) {
      sizes.push(ResourceTagMappingList.length);
      expect(ResourceTagMappingList[0]?.Tags).toEqual([
        { Key: 'state', Value: 'released' },
        { Key: 'note', Value: 'x' },
      ]);
    }

    expect(sizes).toEqual([100, 100, 50]);
  });

  it('finds by key, and by key and values', async () => {
    const { tagging, organizations, clock } = openOrganization(3, { state: 'released' });
    const Tags = [{ Key: 'state', Value: 'expired' }];
    await organizations().send(new TagResourceCommand({ ResourceId: member(1), Tags }));
    await clock.runUntilIdle(opensAt + 5000);

    expect(await arnsOf(tagging(), byState('expired', 'vanilla'))).toEqual([arnOf(member(1))]);
    expect(await arnsOf(tagging(), byState())).toHaveLength(3);
    expect(await arnsOf(tagging(), { ...ofAccounts, TagFilters: [{ Key: 'other' }] })).toEqual([]);
    expect(await arnsOf(tagging(), { ResourceARNList: [arnOf(member(2))] })).toEqual([arnOf(member(2))]);
  });

  it('follows changes three seconds late', async () => {
    const { tagging, organizations, clock } = openOrganization(1, { state: 'released' });
    const Tags = [{ Key: 'state', Value: 'expired' }];

    await organizations().send(new TagResourceCommand({ ResourceId: member(0), Tags }));
    await clock.runUntilIdle(opensAt + 2900);
    expect(await arnsOf(tagging(), byState('released'))).toHaveLength(1);
    await clock.runUntilIdle(opensAt + 3000);

    expect(await arnsOf(tagging(), byState('released'))).toEqual([]);
    expect(await arnsOf(tagging(), byState('expired'))).toHaveLength(1);
  });

  it('knows accounts no more that have left the organization', async () => {
    const { tagging, organizations } = openOrganization(2, { state: 'released' });

    await organizations().send(new RemoveAccountFromOrganizationCommand({ AccountId: member(0) }));

    expect(await arnsOf(tagging(), ofAccounts)).toEqual([arnOf(member(1))]);
  });

  it('knows accounts in the management account only, and in us-east-1', async () => {
    const { tagging } = openOrganization(1, { state: 'released' });

    expect(await arnsOf(tagging(management, 'eu-west-1'), ofAccounts)).toEqual([]);
    expect(await arnsOf(tagging(automation), ofAccounts)).toEqual([]);
  });

  it.each([
    ['pages of nothing', { ResourcesPerPage: 0 }, 'InvalidParameterException'],
    ['larger pages', { ResourcesPerPage: 101 }, 'InvalidParameterException'],
    ['a token that it never gave', { PaginationToken: 'x' }, 'PaginationTokenExpiredException'],
    ['names and filters at once', { ResourceARNList: ['x'], ...ofAccounts }, 'InvalidParameterException'],
    ['resources that are not here', { ResourceTypeFilters: ['ec2:instance'] }, 'NotImplemented'],
  ])('refuses %s', async (_, input, name) => {
    const { tagging } = openOrganization(1);

    await expect(tagging().send(new GetResourcesCommand(input))).rejects.toMatchObject({ name });
  });
});
