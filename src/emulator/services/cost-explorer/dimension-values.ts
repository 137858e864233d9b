import type {
  GetDimensionValuesCommandInput,
  GetDimensionValuesCommandOutput,
} from '@aws-sdk/client-cost-explorer';
import { notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import { invalidToken } from './ce-refusals.ts';
import { attributesOf } from './cost-and-usage.ts';
import { compileFilter } from './filter.ts';
import { dimensionReader } from './line-values.ts';
import { checkIsKnown, readPeriod } from './periods.ts';
import type { View } from './view.ts';

const mostOnAPage = 1000;

/** Values that lines of a period have in a dimension, in alphabetical order. */
export function getDimensionValues(
  input: GetDimensionValuesCommandInput,
  view: View,
): Omit<GetDimensionValuesCommandOutput, '$metadata'> {
  if ((input.Context ?? 'COST_AND_USAGE') !== 'COST_AND_USAGE')
    throw notImplemented('ce', `values in the context ${input.Context}`);
  if (input.SortBy && input.SortBy.length > 0) throw notImplemented('ce', 'sorted values of dimensions');
  const period = readPeriod(input.TimePeriod);
  checkIsKnown(period, view.today);
  const read = dimensionReader(input.Dimension, view.accounts);
  const { accepts, accounts } = compileFilter(input.Filter, view.accounts);
  const found = new Set(Iterator.from(view.lines(period, accounts)).filter(accepts).map(read));
  const values = [...found].filter((value) => value.includes(input.SearchString ?? '')).sort();
  const size = Math.min(input.MaxResults ?? mostOnAPage, mostOnAPage);
  const page = pageOf(values, input.NextPageToken || undefined, size, invalidToken());
  const nameOf = input.Dimension === 'LINKED_ACCOUNT' ? view.accounts.nameOf : () => undefined;
  return {
    DimensionValues: page.items.map((Value) => ({ Value, Attributes: attributesOf(nameOf(Value)) })),
    ReturnSize: page.items.length,
    TotalSize: values.length,
    ...(page.next === undefined ? {} : { NextPageToken: page.next }),
  };
}
