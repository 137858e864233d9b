import { PutItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { key, openTable, put, table } from './support-dynamodb.ts';

const names = {
  '#s': 'State',
  '#m': 'Map',
  '#l': 'List',
  '#n': 'Number',
  '#set': 'Set',
  '#no': 'Missing',
  '#b': 'Binary',
};

const item: Record<string, AttributeValue> = {
  ...key(),
  State: { S: 'released' },
  Number: { N: '10' },
  Map: { M: { a: { S: 'x' }, deep: { M: { b: { N: '1' } } } } },
  List: { L: [{ S: 'zero' }, { N: '1' }, { M: { c: { S: 'three' } } }] },
  Set: { SS: ['red', 'green'] },
  Binary: { B: Buffer.from('bytes') },
  Flag: { BOOL: true },
};

const values: Record<string, AttributeValue> = {
  ':released': { S: 'released' },
  ':rel': { S: 'rel' },
  ':ten': { N: '10.0' },
  ':nine': { N: '9' },
  ':eleven': { N: '1.1e1' },
  ':x': { S: 'x' },
  ':red': { S: 'red' },
  ':one': { N: '1' },
  ':three': { N: '3' },
  ':M': { S: 'M' },
  ':byt': { B: Buffer.from('byt') },
  ':colours': { SS: ['green', 'red'] },
  ':true': { BOOL: true },
};

/** Whether the item passes a filter, with just the names and values that the filter uses. */
async function passes(filter: string) {
  const { client } = await openTable();
  await put(client, item);
  const used = <T>(all: Record<string, T>) => {
    const found = Object.entries(all).filter(([name]) => new RegExp(`${name}\\b`).test(filter));
    return found.length > 0 ? Object.fromEntries(found) : undefined;
  };
  const { Count } = await client.send(
    new ScanCommand({
      TableName: table,
      FilterExpression: filter,
      ExpressionAttributeNames: used(names),
      ExpressionAttributeValues: used(values),
    }),
  );
  return Count === 1;
}

describe('when an item is held against a condition', () => {
  it.each([
    '#s = :released',
    ':released = #s',
    '#n = :ten',
    '#n > :nine AND #n < :eleven',
    '#n >= :ten and #n <= :ten',
    '#n BETWEEN :nine AND :eleven',
    '#s IN (:x, :released)',
    'NOT #s = :x',
    'not (#s = :x)',
    '#s <> :x',
    '#no <> :x',
    '#s <> :ten',
    '(#s = :x OR #n = :ten) AND attribute_exists(#s)',
    '#s = :x AND #n = :ten OR #s = :released',
    'attribute_exists(#m.deep.b)',
    'attribute_not_exists(#m.deep.c)',
    'attribute_not_exists(toString)',
    'attribute_type(#m, :M)',
    'begins_with(#s, :rel)',
    'begins_with(#b, :byt)',
    'contains(#s, :rel)',
    'contains(#set, :red)',
    'contains(#l, :one)',
    'contains(#b, :byt)',
    '#set = :colours',
    '#m.a = :x',
    '#l[1] = :one',
    'attribute_exists(#l[2].c)',
    'size(#l) = :three',
    'size(#s) > :three',
    'size(#set) < :three',
    '(#n) = (:ten)',
    'Flag = :true',
  ])('passes %s', async (filter) => {
    await expect(passes(filter)).resolves.toBe(true);
  });

  it.each([
    '#s = :x',
    '#s = :ten',
    '#no = :x',
    '#no < :nine',
    '#s < :nine',
    '#n <> :ten',
    'NOT #s = :released',
    '#s IN (:x, :rel)',
    '#n BETWEEN :nine AND :nine',
    'contains(#s, :x)',
    'contains(#n, :one)',
    'begins_with(#n, :rel)',
    'attribute_exists(#l[7])',
    'attribute_exists(#s.a)',
    'size(#n) > :one',
    '#s = :released AND (#n = :nine OR #n = :eleven)',
  ])('fails %s', async (filter) => {
    await expect(passes(filter)).resolves.toBe(false);
  });
});

describe('when a condition cannot be understood', () => {
  it.each([
    ['', 'Invalid FilterExpression: The expression can not be empty;'],
    ['#s =', 'Invalid FilterExpression: Syntax error; token: "<EOF>", near: "="'],
    ['#s = = :x', 'Invalid FilterExpression: Syntax error; token: "=", near: "= = :x"'],
    ['#s = :x :x', 'Invalid FilterExpression: Syntax error; token: ":x", near: ":x :x"'],
    ['#n = 5', 'Invalid FilterExpression: Syntax error; token: "5", near: "= 5"'],
    ['#s ? :x', 'Invalid FilterExpression: Syntax error; token: "?", near: "#s ? :x"'],
    ['Order = :x', 'Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword: Order'],
    ['value = :x', 'Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword: value'],
    ['((#s = :x))', 'Invalid FilterExpression: The expression has redundant parentheses;'],
    ['exists(#s)', 'Invalid FilterExpression: Invalid function name; function: exists'],
    [
      'size(#s)',
      'Invalid FilterExpression: The function is not allowed to be used this way in an expression; function: size',
    ],
    [
      'contains(#s) ',
      'Invalid FilterExpression: Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1',
    ],
    [
      '#s < :true',
      'Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: <, operand type: BOOL',
    ],
    [
      '#n BETWEEN :eleven AND :nine',
      'Invalid FilterExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ' +
        'lower bound operand: AttributeValue: {N:11}, upper bound operand: AttributeValue: {N:9}',
    ],
    [
      '#s = #s',
      'Invalid FilterExpression: The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [State]',
    ],
    [
      'attribute_exists(:x)',
      'Invalid FilterExpression: Operator or function requires a document path; operator or function: attribute_exists',
    ],
    [
      '#unknown = :x',
      'Invalid FilterExpression: An expression attribute name used in the document path is not defined; attribute name: #unknown',
    ],
    [
      '#s = :unknown',
      'Invalid FilterExpression: An expression attribute value used in expression is not defined; attribute value: :unknown',
    ],
  ])('tells what is wrong with %j', async (filter, message) => {
    await expect(passes(filter)).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});

describe('when a write has a condition', () => {
  const onlyNew = (order: string, shown?: 'ALL_OLD') =>
    new PutItemCommand({
      TableName: table,
      Item: { ...key('alpha', order), Value: { S: 'new' } },
      ConditionExpression: 'attribute_not_exists(Identifier)',
      ReturnValuesOnConditionCheckFailure: shown,
    });

  it('happens when the condition holds', async () => {
    const { client } = await openTable();

    await expect(client.send(onlyNew('1'))).resolves.toBeDefined();
  });

  it('does not happen otherwise, and shows the item that stood in the way when asked', async () => {
    const { client } = await openTable();
    await put(client, { Order: { S: '1' }, Value: { S: 'old' } });

    await expect(client.send(onlyNew('1'))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
    await expect(client.send(onlyNew('1', 'ALL_OLD'))).rejects.toMatchObject({
      Item: { ...key('alpha', '1'), Value: { S: 'old' } },
    });
  });

  it('is refused when names or values are given for nothing', async () => {
    const { client } = await openTable();
    const write = { TableName: table, Item: key(), ConditionExpression: 'attribute_exists(a)' };

    const unusedName = client.send(new PutItemCommand({ ...write, ExpressionAttributeNames: { '#x': 'x' } }));
    await expect(unusedName).rejects.toMatchObject({
      message: 'Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}',
    });
    const unusedValue = client.send(
      new PutItemCommand({ ...write, ExpressionAttributeValues: { ':x': { S: 'x' } } }),
    );
    await expect(unusedValue).rejects.toMatchObject({
      message: 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:x}',
    });
    const nothing = client.send(
      new PutItemCommand({ TableName: table, Item: key(), ExpressionAttributeValues: { ':x': { S: 'x' } } }),
    );
    await expect(nothing).rejects.toMatchObject({
      message:
        'ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null',
    });
  });

  it('is refused with 501 when it speaks the language of before expressions', async () => {
    const { client } = await openTable();

    const write = client.send(
      new PutItemCommand({ TableName: table, Item: key(), Expected: { Identifier: { Exists: false } } }),
    );

    await expect(write).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
  });
});
