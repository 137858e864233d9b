import type {
  GetCostAndUsageCommandInput,
  GetCostAndUsageCommandOutput,
  GroupDefinition,
  ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import { notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { BilledLine } from './bill.ts';
import { invalid, invalidToken } from './ce-refusals.ts';
import { compileFilter } from './filter.ts';
import { compileGrouping, group, type Group } from './grouping.ts';
import type { BilledAccounts } from './line-values.ts';
import { checkIsKnown, readPeriod, split, type Period } from './periods.ts';
import type { View } from './view.ts';

const mostGroupsOnAPage = 5000;

const metrics = new Set([
  'UnblendedCost',
  'BlendedCost',
  'AmortizedCost',
  'NetUnblendedCost',
  'NetAmortizedCost',
]);
const quantities = new Set(['UsageQuantity', 'NormalizedUsageAmount']);

/** One group of one period; without a group, the period itself, which may have none. */
interface Entry {
  readonly period: Period;
  readonly group: Group | undefined;
}

type Output = Omit<GetCostAndUsageCommandOutput, '$metadata'>;

/** Costs by period and by up to two keys, 5,000 groups a page. */
export function getCostAndUsage(input: GetCostAndUsageCommandInput, view: View): Output {
  const asked = readPeriod(input.TimePeriod);
  checkIsKnown(asked, view.today);
  const periods = split(asked, input.Granularity);
  const named = checkedMetrics(input.Metrics);
  const definitions = input.GroupBy ?? [];
  const readers = compileGrouping(definitions, view.accounts);
  const filter = compileFilter(input.Filter, view.accounts);
  const lines = Iterator.from(view.lines(asked, filter.accounts)).filter(filter.accepts);
  const entries = entriesOf(periods, lines, (own) => group(own, readers), readers.length > 0);
  const page = pageOf(entries, input.NextPageToken || undefined, mostGroupsOnAPage, invalidToken());
  return {
    ...(definitions.length > 0 ? { GroupDefinitions: [...definitions] } : {}),
    ResultsByTime: resultsOf(page.items, named, readers.length > 0, view.today),
    DimensionValueAttributes: namesOf(page.items, definitions, view.accounts),
    ...(page.next === undefined ? {} : { NextPageToken: page.next }),
  };
}

function checkedMetrics(given: readonly string[] | undefined): readonly string[] {
  if (!given || given.length === 0) throw invalid('Metrics must not be empty');
  for (const metric of given) {
    if (quantities.has(metric)) throw notImplemented('ce', `metric ${metric}`);
    if (!metrics.has(metric)) throw invalid(`Metric is invalid: ${metric}`);
  }
  return given;
}

function entriesOf(
  periods: readonly Period[],
  lines: Iterable<BilledLine>,
  groupsOf: (lines: readonly BilledLine[]) => readonly Group[],
  isGrouped: boolean,
): readonly Entry[] {
  const sorted = Map.groupBy(lines, ({ date }) => periods.findLast(({ start }) => start <= date));
  return periods.flatMap((period): readonly Entry[] => {
    const groups = groupsOf(sorted.get(period) ?? []);
    const total = isGrouped ? undefined : { keys: [], amount: '0' };
    return groups.length > 0 ? groups.map((group) => ({ period, group })) : [{ period, group: total }];
  });
}

function resultsOf(
  entries: readonly Entry[],
  named: readonly string[],
  isGrouped: boolean,
  today: string,
): ResultByTime[] {
  const amounts = (amount: string) =>
    Object.fromEntries(named.map((metric) => [metric, { Amount: amount, Unit: 'USD' }]));
  return [...Map.groupBy(entries, ({ period }) => period)].map(([{ start, end }, own]) => {
    const groups = own.flatMap(({ group }) => group ?? []);
    return {
      TimePeriod: { Start: start, End: end },
      Total: isGrouped ? {} : amounts(groups[0]?.amount ?? '0'),
      Groups: isGrouped
        ? groups.map(({ keys, amount }) => ({ Keys: [...keys], Metrics: amounts(amount) }))
        : [],
      // Bills of a month are final once it is over.
      Estimated: start.slice(0, 7) >= today.slice(0, 7),
    };
  });
}

/** Groups tell accounts by their numbers; their names come beside. */
function namesOf(
  entries: readonly Entry[],
  definitions: readonly GroupDefinition[],
  { nameOf }: BilledAccounts,
) {
  const position = definitions.findIndex(({ Type, Key }) => Type === 'DIMENSION' && Key === 'LINKED_ACCOUNT');
  const accounts = new Set(entries.flatMap(({ group }) => group?.keys[position] ?? []));
  return [...accounts].map((Value) => ({ Value, Attributes: attributesOf(nameOf(Value)) }));
}

/** As both lists of names and lists of values tell it. */
export const attributesOf = (name: string | undefined): Record<string, string> =>
  name === undefined ? {} : { description: name };
