import type { DescribeParametersCommandInput, DescribeParametersCommandOutput } from '@aws-sdk/client-ssm';
import { pageOf } from '../../pages.ts';
import type { Call } from '../../service.ts';
import { matcherOf, olderMatcherOf } from './parameter-filters.ts';
import { parameterArn } from './parameter-name.ts';
import { describedVersion } from './read-parameters.ts';
import { checkedSize, invalid, invalidToken, refuseMembers } from './refusals.ts';
import { currentOf, type ShelfOf } from './stored-parameters.ts';

/** What parameters there are, without their values. */
export function describeParameters(shelfOf: ShelfOf) {
  return (
    input: DescribeParametersCommandInput,
    call: Call,
  ): Omit<DescribeParametersCommandOutput, '$metadata'> => {
    const { Filters = [], ParameterFilters = [], Shared } = input;
    if (Shared) refuseMembers('DescribeParameters', { Shared });
    if (Filters.length > 0 && ParameterFilters.length > 0) {
      throw invalid('You can use either Filters or ParameterFilters in a single request.');
    }
    const matches = Filters.length > 0 ? olderMatcherOf(Filters) : matcherOf(ParameterFilters, 'everywhere');
    const found = shelfOf(call).all().filter(matches);
    const page = pageOf(found, input.NextToken, checkedSize(input.MaxResults, 50), invalidToken());
    return {
      Parameters: page.items.flatMap((parameter) => {
        const version = currentOf(parameter);
        return version
          ? [{ ...describedVersion(parameter, version), ARN: parameterArn(call, parameter.name) }]
          : [];
      }),
      NextToken: page.next,
    };
  };
}
