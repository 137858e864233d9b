import type {
  BatchGetItemCommandInput,
  GetItemCommandInput,
  TransactGetItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Call } from '../../service.ts';
import type { Item } from './attribute-value.ts';
import { consumedCapacities, consumedCapacity, readUnits } from './capacity.ts';
import { bindingOf, type ExpressionParameters } from './expressions/binding.ts';
import { compileProjection } from './expressions/compile-projection.ts';
import { parseProjection } from './expressions/parse-projection.ts';
import { positionOfKey } from './item-keys.ts';
import { positionText } from './key-position.ts';
import type { OnWire } from './on-wire.ts';
import { entryAt, type Entry, type Table } from './table.ts';
import { tableAddress, tableArn, type Tables } from './tables.ts';
import { constraintViolated, validationException } from './validation-exception.ts';

const mostInBatch = 100;
const mostInTransaction = 100;
const largestBatch = 16 * 1024 * 1024;

type Projecting = ExpressionParameters & { readonly ProjectionExpression?: string | undefined };

/** Reads by key. Every read sees the latest write, since there is but one copy. */
export function createReadOperations(
  tables: Tables,
  authorize: (action: string, resource: string, call: Call) => void,
) {
  function getItem(input: OnWire<GetItemCommandInput>, call: Call) {
    const table = tables.find(input.TableName, call);
    const project = projectionFrom(input);
    const entry = entryOf(table, input.Key);
    const mode = input.ConsistentRead ? 'consistent' : 'eventual';
    return {
      ...(entry && { Item: project(entry.item) }),
      ...consumedCapacity(input.ReturnConsumedCapacity, table, () => readUnits(entry?.size ?? 0, mode)),
    };
  }

  /** What does not fit into 16 MB is handed back as unprocessed. */
  function batchGetItem(input: OnWire<BatchGetItemCommandInput>, call: Call) {
    const requests = Object.entries(input.RequestItems ?? {});
    const count = requests.reduce((sum, [, { Keys = [] }]) => sum + Keys.length, 0);
    if (requests.length === 0) {
      throw constraintViolated('{}', 'requestItems', 'Member must have length greater than or equal to 1');
    }
    if (count > mostInBatch) throw validationException('Too many items requested for the BatchGetItem call');
    const responses: [string, Item[]][] = [];
    const unprocessed: [string, unknown][] = [];
    const used: [string, number][] = [];
    let bytes = 0;
    for (const [name, request] of requests) {
      const table = tables.find(name, call);
      const project = projectionFrom(request);
      const mode = request.ConsistentRead ? 'consistent' : 'eventual';
      const keys = request.Keys ?? [];
      const entries = distinctEntries(table, keys);
      const fitting = entries.findIndex((entry) => (bytes += entry?.size ?? 0) > largestBatch);
      const read = fitting < 0 ? entries : entries.slice(0, fitting);
      responses.push([name, read.flatMap((entry) => (entry ? [project(entry.item)] : []))]);
      if (fitting >= 0) unprocessed.push([name, { ...request, Keys: keys.slice(fitting) }]);
      for (const entry of read) used.push([table.name, readUnits(entry?.size ?? 0, mode)]);
    }
    return {
      Responses: Object.fromEntries(responses),
      UnprocessedKeys: Object.fromEntries(unprocessed),
      ...consumedCapacities(input.ReturnConsumedCapacity, used),
    };
  }

  function transactGetItems(input: OnWire<TransactGetItemsCommandInput>, call: Call) {
    const requests = input.TransactItems ?? [];
    if (requests.length === 0 || requests.length > mostInTransaction) {
      const bound = requests.length === 0 ? 'greater than or equal to 1' : 'less than or equal to 100';
      throw constraintViolated('[...]', 'transactItems', `Member must have length ${bound}`);
    }
    const used: [string, number][] = [];
    const responses = requests.map(({ Get: get }) => {
      if (!get) throw constraintViolated(undefined, 'transactItems.1.member.get', 'Member must not be null');
      authorize('dynamodb:GetItem', tableArn(tableAddress(get.TableName, call)), call);
      const table = tables.find(get.TableName, call);
      const project = projectionFrom(get, 'lenient');
      const entry = entryOf(table, get.Key);
      used.push([table.name, readUnits(entry?.size ?? 0, 'transaction')]);
      return entry ? { Item: project(entry.item) } : {};
    });
    return { Responses: responses, ...consumedCapacities(input.ReturnConsumedCapacity, used) };
  }

  return { GetItem: getItem, BatchGetItem: batchGetItem, TransactGetItems: transactGetItems };
}

function entryOf(table: Table, key: unknown): Entry | undefined {
  return table.entries.find(entryAt(positionOfKey(table.schema, key)));
}

function distinctEntries(table: Table, keys: readonly unknown[]): readonly (Entry | undefined)[] {
  const positions = keys.map((key) => positionOfKey(table.schema, key));
  if (new Set(positions.map(positionText)).size < positions.length) {
    throw validationException('Provided list of item keys contains duplicates');
  }
  return positions.map((position) => table.entries.find(entryAt(position)));
}

/** In transactions AWS lets names pass that nothing uses, as long as there is no expression at all. */
export function projectionFrom(
  input: Projecting,
  mode: 'strict' | 'lenient' = 'strict',
): (item: Item) => Item {
  const { ProjectionExpression: text } = input;
  const binding = bindingOf(
    input,
    text === undefined && mode === 'strict' ? 'ProjectionExpression is null' : undefined,
  );
  if (text === undefined) return (item) => item;
  const kind = 'ProjectionExpression';
  const project = compileProjection(parseProjection(text, kind), kind, binding);
  binding.checkAllUsed();
  return project;
}
