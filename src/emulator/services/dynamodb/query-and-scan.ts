import type { QueryCommandInput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { Call } from '../../service.ts';
import type { Item } from './attribute-value.ts';
import { consumedCapacity, readUnits } from './capacity.ts';
import { bindingOf, type Binding } from './expressions/binding.ts';
import { compileCondition } from './expressions/compile-condition.ts';
import type { Predicate } from './expressions/compile-function.ts';
import { compileProjection } from './expressions/compile-projection.ts';
import { keyConditionOf, type Placement } from './expressions/key-condition.ts';
import { parseCondition } from './expressions/parse-condition.ts';
import { parseProjection } from './expressions/parse-projection.ts';
import { attributesOf, pick } from './item-keys.ts';
import { comparePartitions, partitionCount, positionOrder, type Position } from './key-position.ts';
import type { OnWire } from './on-wire.ts';
import { readPage } from './read-page.ts';
import { startingPosition } from './starting-position.ts';
import { projectedNames } from './stored-items.ts';
import type { Index, Table } from './table.ts';
import { indexOf, type Tables } from './tables.ts';
import { constraintViolated, invalidParameter, validationException } from './validation-exception.ts';

type Query = OnWire<QueryCommandInput>;
type Scan = OnWire<ScanCommandInput>;

const mostSegments = 1_000_000;

/** Reads in pages of 1 MB, counted before the filter. */
export function createQueryOperations(tables: Tables) {
  function query(input: Query, call: Call) {
    const table = tables.find(input.TableName, call);
    const index = indexOf(table, input.IndexName);
    const schema = (index ?? table).schema;
    if (input.KeyConditionExpression === undefined) {
      throw validationException(
        'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
      );
    }
    const binding = bindingOf(input);
    const kind = 'KeyConditionExpression';
    const keys = keyConditionOf(parseCondition(input.KeyConditionExpression, kind), schema, binding);
    const place: Placement = (position) =>
      comparePartitions(position, { ...keys.partition, range: '' }) || keys.placeRange(position.range);
    const after = startingPosition(table, index, input.ExclusiveStartKey);
    if (after && comparePartitions(after, { ...keys.partition, range: '' }) !== 0) {
      throw validationException(
        'The provided starting key is outside query boundaries based on provided conditions',
      );
    }
    if (after && keys.placeRange(after.range) !== 0) {
      throw validationException('The provided starting key does not match the range key predicate');
    }
    const filter = filterFrom(input, binding);
    refuseKeysInFilter(
      binding,
      attributesOf(schema).map(({ name }) => name),
    );
    const forward = input.ScanIndexForward ?? true;
    return answerPage(input, { table, index, place, after, forward, filter, binding });
  }

  function scan(input: Scan, call: Call) {
    const table = tables.find(input.TableName, call);
    const index = indexOf(table, input.IndexName);
    const noExpression = input.FilterExpression === undefined && input.ProjectionExpression === undefined;
    const binding = bindingOf(input, noExpression ? 'FilterExpression is null' : undefined);
    const place = segmentOf(input);
    const after = startingPosition(table, index, input.ExclusiveStartKey);
    if (after && place(after) !== 0) {
      throw validationException(
        'The provided starting key is invalid: Invalid ExclusiveStartKey. ' +
          'Please use ExclusiveStartKey with correct Segment. ' +
          `TotalSegments: ${input.TotalSegments} Segment: ${input.Segment}`,
      );
    }
    const filter = filterFrom(input, binding);
    return answerPage(input, { table, index, place, after, forward: true, filter, binding });
  }

  return { Query: query, Scan: scan };
}

interface Reading {
  readonly table: Table;
  readonly index: Index | undefined;
  readonly place: Placement;
  readonly after: Position | undefined;
  readonly forward: boolean;
  readonly filter: Predicate;
  readonly binding: Binding;
}

function answerPage(input: Query | Scan, reading: Reading) {
  const { table, index, filter } = reading;
  if (index && input.ConsistentRead) {
    throw validationException('Consistent reads are not supported on global secondary indexes');
  }
  const limit = input.Limit ?? Infinity;
  if (limit < 1)
    throw constraintViolated(limit, 'limit', 'Member must have value greater than or equal to 1');
  const show = selectionFrom(input, reading);
  reading.binding.checkAllUsed();
  const source = index ?? table;
  const order = positionOrder(source.schema, index && table.schema);
  const page = readPage({ ...reading, entries: source.entries, order, limit });
  const matching = page.entries.filter(({ item }) => filter(item));
  return {
    ...(show && { Items: matching.map(({ item }) => show(item)) }),
    Count: matching.length,
    ScannedCount: page.entries.length,
    ...(page.last && { LastEvaluatedKey: pick(page.last.item, keyNames(table, index)) }),
    ...consumedCapacity(input.ReturnConsumedCapacity, table, () =>
      readUnits(page.bytes, input.ConsistentRead ? 'consistent' : 'eventual'),
    ),
  };
}

function keyNames(table: Table, index: Index | undefined): readonly string[] {
  return [...attributesOf(table.schema), ...(index ? attributesOf(index.schema) : [])].map(
    ({ name }) => name,
  );
}

function filterFrom({ FilterExpression: text }: Query | Scan, binding: Binding): Predicate {
  const kind = 'FilterExpression';
  return text === undefined ? () => true : compileCondition(parseCondition(text, kind), kind, binding);
}

function refuseKeysInFilter(binding: Binding, keys: readonly string[]) {
  const heads = binding.headsOf('FilterExpression');
  const key = keys.find((name) => heads.has(name));
  if (key === undefined) return;
  throw validationException(
    `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key}`,
  );
}

/** What is shown of each item; undefined when only their number is asked for. Throws ValidationException. */
function selectionFrom(
  { Select: select, ProjectionExpression: text }: Query | Scan,
  { table, index, binding }: Reading,
): ((item: Item) => Item) | undefined {
  if (text !== undefined && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    const what = select === 'COUNT' ? 'only the Count' : select;
    throw validationException(`Cannot specify the ProjectionExpression when choosing to get ${what}`);
  }
  if (text === undefined && select === 'SPECIFIC_ATTRIBUTES') {
    throw validationException(
      'Must specify the ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && !index) {
    throw validationException('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (select === 'ALL_ATTRIBUTES' && index && index.projection.type !== 'ALL') {
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} ` +
        'because its projection type is not ALL',
    );
  }
  if (select === 'COUNT') return undefined;
  if (text === undefined) return (item) => item;
  const kind = 'ProjectionExpression';
  const show = compileProjection(parseProjection(text, kind), kind, binding);
  if (index) refuseUnprojected(table, index, binding.headsOf(kind));
  return show;
}

function refuseUnprojected(table: Table, index: Index, asked: ReadonlySet<string>) {
  if (index.projection.type === 'ALL') return;
  const projected = projectedNames(table, index);
  const missing = [...asked].filter((name) => !projected.has(name));
  if (missing.length === 0) return;
  throw invalidParameter(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
}

/** One segment of a parallel scan takes its share of the partition numbers. Throws ValidationException. */
function segmentOf({ Segment: segment, TotalSegments: total }: Scan): Placement {
  if (segment === undefined && total === undefined) return () => 0;
  if (total === undefined || segment === undefined) {
    throw validationException(
      total === undefined
        ? 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present'
        : 'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (total < 1 || total > mostSegments) {
    const bound = total < 1 ? 'greater than or equal to 1' : `less than or equal to ${mostSegments}`;
    throw constraintViolated(total, 'totalSegments', `Member must have value ${bound}`);
  }
  if (segment < 0 || segment >= total) {
    throw validationException(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  const from = (segment * partitionCount) / total;
  const to = ((segment + 1) * partitionCount) / total;
  return ({ partition }) => (partition < from ? -1 : partition >= to ? 1 : 0);
}
