import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { key, openTable, put, table } from './support-dynamodb.ts';

type Attributes = Record<string, AttributeValue>;

/** What is left of the item, beside its key, after an update. */
async function updated(before: Attributes | undefined, update: Partial<UpdateItemCommandInput>) {
  const { client } = await openTable();
  if (before) await put(client, before);
  await client.send(new UpdateItemCommand({ TableName: table, Key: key(), ...update }));
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key() }));
  if (!Item) return undefined;
  const { Identifier: _identifier, Order: _order, ...others } = Item;
  return others;
}

const values: Attributes = {
  ':one': { N: '1' },
  ':x': { S: 'x' },
  ':list': { L: [{ S: 'x' }] },
  ':empty': { L: [] },
  ':set': { SS: ['red'] },
  ':numbers': { NS: ['1', '2'] },
};

const used = (expression: string) => {
  const found = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(expression));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
};

describe('when an item is updated', () => {
  it.each<[string, Attributes, Attributes]>([
    ['SET a = :x', {}, { a: { S: 'x' } }],
    ['set a = :x', { a: { N: '1' } }, { a: { S: 'x' } }],
    ['SET a = b, b = a', { a: { N: '1' }, b: { N: '2' } }, { a: { N: '2' }, b: { N: '1' } }],
    ['SET a = a + :one', { a: { N: '0.1' } }, { a: { N: '1.1' } }],
    ['SET a = :one - a', { a: { N: '3' } }, { a: { N: '-2' } }],
    ['SET a = (a + :one)', { a: { N: '1' } }, { a: { N: '2' } }],
    ['SET a = if_not_exists(a, :one) + :one', {}, { a: { N: '2' } }],
    ['SET a = if_not_exists(a, :x)', { a: { N: '5' } }, { a: { N: '5' } }],
    ['SET a = list_append(a, :list)', { a: { L: [{ N: '1' }] } }, { a: { L: [{ N: '1' }, { S: 'x' }] } }],
    ['SET a = list_append(if_not_exists(a, :empty), :list)', {}, { a: { L: [{ S: 'x' }] } }],
    ['SET m.a.b = :x', { m: { M: { a: { M: {} } } } }, { m: { M: { a: { M: { b: { S: 'x' } } } } } }],
    ['SET l[0] = :x', { l: { L: [{ N: '1' }, { N: '2' }] } }, { l: { L: [{ S: 'x' }, { N: '2' }] } }],
    ['SET l[9] = :x, l[7] = :one', { l: { L: [] } }, { l: { L: [{ N: '1' }, { S: 'x' }] } }],
    ['REMOVE a, b', { a: { N: '1' }, c: { N: '3' } }, { c: { N: '3' } }],
    [
      'REMOVE l[0], l[2]',
      { l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '3' }] } },
      { l: { L: [{ N: '1' }, { N: '3' }] } },
    ],
    ['REMOVE m.a', { m: { M: { a: { N: '1' }, b: { N: '2' } } } }, { m: { M: { b: { N: '2' } } } }],
    ['ADD a :one', {}, { a: { N: '1' } }],
    ['ADD a :one', { a: { N: '-1' } }, { a: { N: '0' } }],
    ['ADD s :set', { s: { SS: ['green'] } }, { s: { SS: ['green', 'red'] } }],
    ['ADD n :numbers', { n: { NS: ['2', '3'] } }, { n: { NS: ['2', '3', '1'] } }],
    ['DELETE s :set', { s: { SS: ['green', 'red'] } }, { s: { SS: ['green'] } }],
    ['DELETE s :set', { s: { SS: ['red'] } }, {}],
    ['DELETE s :set', {}, {}],
    ['SET a = :x REMOVE b ADD c :one DELETE d :set', { b: { N: '1' } }, { a: { S: 'x' }, c: { N: '1' } }],
  ])('%s turns %j into %j', async (expression, before, after) => {
    const found = await updated(before, {
      UpdateExpression: expression,
      ExpressionAttributeValues: used(expression),
    });

    expect(found).toEqual(after);
  });

  it('comes into being, unless the update only takes away', async () => {
    await expect(updated(undefined, {})).resolves.toEqual({});
    await expect(updated(undefined, { UpdateExpression: 'REMOVE a' })).resolves.toBeUndefined();
    const adding = { UpdateExpression: 'ADD a :one', ExpressionAttributeValues: used(':one') };
    await expect(updated(undefined, adding)).resolves.toEqual({ a: { N: '1' } });
  });

  it.each<[string, string]>([
    ['SET a', 'Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "a"'],
    [
      'INVALID SYNTAX HERE',
      'Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX"',
    ],
    ['', 'Invalid UpdateExpression: The expression can not be empty;'],
    [
      'SET a = :one SET b = :one',
      'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    [
      'SET a = status',
      'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status',
    ],
    [
      'SET a = :one, a.b = :x',
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]',
    ],
    [
      'SET a.b = :one, a[1] = :x',
      'Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [1]]',
    ],
    [
      'SET a = :x + :one',
      'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S',
    ],
    [
      'ADD a :x',
      'Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
    ],
    ['SET a = absent', 'The provided expression refers to an attribute that does not exist in the item'],
    ['SET a.b = :x', 'The document path provided in the update expression is invalid for update'],
    [
      'SET n = absent + :one',
      'The provided expression refers to an attribute that does not exist in the item',
    ],
    ['SET n = words + :one', 'An operand in the update expression has an incorrect data type'],
    ['ADD words :one', 'An operand in the update expression has an incorrect data type'],
    [
      'SET Identifier = :x',
      'One or more parameter values were invalid: Cannot update attribute Identifier. This attribute is part of the key',
    ],
  ])('refuses %j', async (expression, message) => {
    const update = { UpdateExpression: expression, ExpressionAttributeValues: used(expression) };

    await expect(updated({ words: { S: 'many' } }, update)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });

  it.each<[UpdateItemCommandInput['ReturnValues'], Attributes | undefined]>([
    ['NONE', undefined],
    ['ALL_OLD', { ...key(), a: { N: '1' }, m: { M: { x: { N: '1' }, y: { N: '2' } } } }],
    ['ALL_NEW', { ...key(), a: { N: '2' }, m: { M: { x: { N: '2' }, y: { N: '2' } } } }],
    ['UPDATED_OLD', { a: { N: '1' }, m: { M: { x: { N: '1' } } } }],
    ['UPDATED_NEW', { a: { N: '2' }, m: { M: { x: { N: '2' } } } }],
  ])('answers %s', async (ReturnValues, expected) => {
    const { client } = await openTable();
    await put(client, { a: { N: '1' }, m: { M: { x: { N: '1' }, y: { N: '2' } } } });

    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: key(),
        UpdateExpression: 'SET a = a + :one, m.x = m.x + :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues,
      }),
    );

    expect(Attributes).toEqual(expected);
  });
});

describe('when an item is put, read and deleted', () => {
  it('comes back as it was, whatever it holds', async () => {
    const { client } = await openTable();
    const item: Attributes = {
      ...key(),
      text: { S: 'é ü 😀' },
      nothing: { S: '' },
      bytes: { B: Uint8Array.from([0, 255]) },
      sets: { BS: [Uint8Array.from([1])] },
      nil: { NULL: true },
      no: { BOOL: false },
      list: { L: [{ M: { deep: { NS: ['1', '2'] } } }] },
      __proto: { S: 'x' },
    };

    await client.send(new PutItemCommand({ TableName: table, Item: item }));

    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key() }));
    expect(Item).toEqual(item);
  });

  it('shows only what the projection names', async () => {
    const { client } = await openTable();
    await put(client, {
      a: { S: 'a' },
      m: { M: { x: { N: '1' }, y: { N: '2' } } },
      l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] },
    });

    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key(), ProjectionExpression: 'm.y, l[2], l[0], absent' }),
    );

    expect(Item).toEqual({ m: { M: { y: { N: '2' } } }, l: { L: [{ N: '0' }, { N: '2' }] } });
  });

  it('returns what was there before', async () => {
    const { client } = await openTable();
    const first = await client.send(
      new PutItemCommand({ TableName: table, Item: key(), ReturnValues: 'ALL_OLD' }),
    );
    const second = await client.send(
      new DeleteItemCommand({ TableName: table, Key: key(), ReturnValues: 'ALL_OLD' }),
    );
    const third = await client.send(
      new DeleteItemCommand({ TableName: table, Key: key(), ReturnValues: 'ALL_OLD' }),
    );

    expect([first.Attributes, second.Attributes, third.Attributes]).toEqual([undefined, key(), undefined]);
  });

  it('costs units by its size', async () => {
    const { client } = await openTable();
    const Item = { ...key(), big: { S: 'x'.repeat(5000) } };

    const written = await client.send(
      new PutItemCommand({ TableName: table, Item, ReturnConsumedCapacity: 'TOTAL' }),
    );
    const read = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: key(),
        ConsistentRead: true,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );

    expect(written.ConsumedCapacity).toEqual({ TableName: table, CapacityUnits: 5 });
    expect(read.ConsumedCapacity).toEqual({ TableName: table, CapacityUnits: 2 });
  });

  it.each<[string, Attributes, string]>([
    [
      'lacks a key',
      { Identifier: { S: 'a' } },
      'One or more parameter values were invalid: Missing the key Order in the item',
    ],
    [
      'has a key of another type',
      { ...key(), Order: { N: '1' } },
      'One or more parameter values were invalid: Type mismatch for key Order expected: S actual: N',
    ],
    [
      'has an empty key',
      key('', 'x'),
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: Identifier',
    ],
    [
      'has a key that is too long',
      key('x'.repeat(2049)),
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ],
    [
      'is larger than 400 KB',
      { ...key(), big: { S: 'x'.repeat(409_600) } },
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'has an empty set',
      { ...key(), s: { SS: [] } },
      'One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'has a set with doubles',
      { ...key(), s: { NS: ['1', '1.0'] } },
      'One or more parameter values were invalid: Input collection [1, 1] contains duplicates.',
    ],
    [
      'has a number that is none',
      { ...key(), n: { N: 'ten' } },
      'The parameter cannot be converted to a numeric value: ten',
    ],
  ])('is refused when it %s', async (_why, Item, message) => {
    const { client } = await openTable();

    await expect(client.send(new PutItemCommand({ TableName: table, Item }))).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });

  it('is refused when the key of a read does not match the schema', async () => {
    const { client } = await openTable();

    const read = client.send(new GetItemCommand({ TableName: table, Key: { Identifier: { S: 'a' } } }));

    await expect(read).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The provided key element does not match the schema',
    });
  });

  it('is refused when there is no such table', async () => {
    const { client } = await openTable();

    await expect(client.send(new GetItemCommand({ TableName: 'Other', Key: key() }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
  });
});
