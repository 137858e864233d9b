import type {
  BatchWriteItemCommandInput,
  DeleteItemCommandInput,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Call } from '../../service.ts';
import type { Item } from './attribute-value.ts';
import { consumedCapacities, consumedCapacity } from './capacity.ts';
import { projectionOf } from './expressions/compile-projection.ts';
import { positionText } from './key-position.ts';
import type { OnWire } from './on-wire.ts';
import type { Tables } from './tables.ts';
import { constraintViolated, validationException } from './validation-exception.ts';
import { deleteRequest, putRequest, shown, updateRequest } from './write-requests.ts';
import { carryOut, decide, unitsOf, type DecidedWrite, type Write } from './write.ts';

const mostInBatch = 25;

/** Writes by key, one item at a time or up to 25 without order or condition. */
export function createWriteOperations(tables: Tables) {
  function run(write: Write): DecidedWrite {
    const decided = decide(write);
    carryOut(decided);
    return decided;
  }

  function putItem(input: OnWire<PutItemCommandInput>, call: Call) {
    const returned = checkReturnValues(input.ReturnValues, ['NONE', 'ALL_OLD']);
    const table = tables.find(input.TableName, call);
    const done = run(putRequest(table, input, 'strict'));
    return {
      ...(returned === 'ALL_OLD' && shown(done.before?.item)),
      ...consumedCapacity(input.ReturnConsumedCapacity, table, () => unitsOf(done)),
    };
  }

  function deleteItem(input: OnWire<DeleteItemCommandInput>, call: Call) {
    const returned = checkReturnValues(input.ReturnValues, ['NONE', 'ALL_OLD']);
    const table = tables.find(input.TableName, call);
    const done = run(deleteRequest(table, input, 'strict'));
    return {
      ...(returned === 'ALL_OLD' && shown(done.before?.item)),
      ...consumedCapacity(input.ReturnConsumedCapacity, table, () => unitsOf(done)),
    };
  }

  function updateItem(input: OnWire<UpdateItemCommandInput>, call: Call) {
    const returned = checkReturnValues(input.ReturnValues, [
      'NONE',
      'ALL_OLD',
      'UPDATED_OLD',
      'ALL_NEW',
      'UPDATED_NEW',
    ]);
    const table = tables.find(input.TableName, call);
    const write = updateRequest(table, input, 'strict');
    const done = run(write);
    const item: Item | undefined = returned.endsWith('_OLD') ? done.before?.item : done.after?.entry.item;
    const touched = () => item && projectionOf(write.paths)(item);
    return {
      ...(returned !== 'NONE' && shown(returned.startsWith('UPDATED') ? touched() : item)),
      ...consumedCapacity(input.ReturnConsumedCapacity, table, () => unitsOf(done)),
    };
  }

  /** Everything is checked before anything is written, and nothing is left unprocessed. */
  function batchWriteItem(input: OnWire<BatchWriteItemCommandInput>, call: Call) {
    const requests = Object.entries(input.RequestItems ?? {});
    const count = requests.reduce((sum, [, members]) => sum + members.length, 0);
    if (count === 0) {
      throw constraintViolated('{}', 'requestItems', 'Member must have length greater than or equal to 1');
    }
    if (count > mostInBatch)
      throw validationException('Too many items requested for the BatchWriteItem call');
    const decided = requests.flatMap(([name, members]) => {
      const table = tables.find(name, call);
      const writes = members.map(({ PutRequest: put, DeleteRequest: remove }) => {
        if (put && !remove) return putRequest(table, put, 'strict');
        if (remove && !put) return deleteRequest(table, remove, 'strict');
        throw validationException('A request of a batch must be either a PutRequest or a DeleteRequest');
      });
      if (new Set(writes.map(({ position }) => positionText(position))).size < writes.length) {
        throw validationException('Provided list of item keys contains duplicates');
      }
      return writes.map(decide);
    });
    for (const each of decided) carryOut(each);
    const used = decided.map((each) => [each.table.name, unitsOf(each)] as const);
    return { UnprocessedItems: {}, ...consumedCapacities(input.ReturnConsumedCapacity, used) };
  }

  return { PutItem: putItem, DeleteItem: deleteItem, UpdateItem: updateItem, BatchWriteItem: batchWriteItem };
}

function checkReturnValues(asked: string | undefined, allowed: readonly string[]): string {
  const returned = asked ?? 'NONE';
  if (allowed.includes(returned)) return returned;
  throw validationException('Return values set to invalid value');
}
