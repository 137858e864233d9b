import type { GetResourcesCommandInput, TagFilter } from '@aws-sdk/client-resource-groups-tagging-api';
import { AwsError, notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Call, Service } from '../../service.ts';
import type { Organizations } from '../organizations/create-organizations.ts';
import type { Tags } from '../organizations/tags.ts';

const mostPerPage = 100;

/**
 * Resource Groups Tagging API for the accounts of the organization, in the management account: tags of many accounts
 * in one page, some seconds late, and never those that bear no tag yet.
 */
export function createTagging(organizations: Organizations): { service: Service } {
  const { directory, tags } = organizations;
  let indexed: { readonly id: string; readonly arn: string }[] = [];
  let indexedMembers: unknown;

  function resources() {
    if (indexedMembers !== directory.members()) {
      indexedMembers = directory.members();
      indexed = directory.members().map(({ id }) => ({ id, arn: directory.accountArn(id) }));
    }
    return indexed;
  }

  function getResources(input: GetResourcesCommandInput, call: Call) {
    const types = input.ResourceTypeFilters ?? [];
    if (types.some((type) => type !== 'organizations' && type !== 'organizations:account')) {
      throw notImplemented('tagging', `resource types ${types.join(', ')}`);
    }
    if (input.ResourceARNList && (input.TagFilters || types.length > 0)) {
      throw new AwsError(
        'InvalidParameterException',
        'ResourceARNList cannot be given together with filters',
      );
    }
    const here =
      call.account === directory.managementAccount && call.region === 'us-east-1' ? resources() : [];
    const found = here.flatMap(({ id, arn }) => {
      const own = tags.indexed(id);
      const asked = !input.ResourceARNList || input.ResourceARNList.includes(arn);
      return own && asked && bears(own, input.TagFilters ?? []) ? [{ arn, tags: own }] : [];
    });
    const page = pageOf(
      found,
      input.PaginationToken || undefined,
      pageSize(input.ResourcesPerPage),
      new AwsError('PaginationTokenExpiredException', 'The pagination token is not valid'),
    );
    return {
      ResourceTagMappingList: page.items.map(({ arn, tags }) => ({
        ResourceARN: arn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
      PaginationToken: page.next ?? '',
    };
  }

  const service: Service = {
    name: 'tagging',
    prefix: 'tag',
    protocol: { kind: 'json', version: '1.1', target: 'ResourceGroupsTaggingAPI_20170126' },
    operations: { GetResources: getResources },
  };
  return { service };
}

function pageSize(asked = mostPerPage): number {
  if (asked < 1 || asked > mostPerPage) {
    throw new AwsError('InvalidParameterException', `ResourcesPerPage is not between 1 and ${mostPerPage}`);
  }
  return asked;
}

function bears(tags: Tags, filters: readonly TagFilter[]): boolean {
  return filters.every(({ Key = '', Values = [] }) => {
    const value = tags[Key];
    return value !== undefined && (Values.length === 0 || Values.includes(value));
  });
}
