import { notImplemented } from '../../aws-error.ts';

const writing = ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'];
const binding = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];
const conditional = [
  'ConditionExpression',
  'ReturnValuesOnConditionCheckFailure',
  'ReturnValues',
  ...binding,
];
const paging = ['Select', 'Limit', 'ConsistentRead', 'ExclusiveStartKey', 'ReturnConsumedCapacity'];
const showing = ['ProjectionExpression', 'FilterExpression', ...binding];

const knownMembers: Readonly<Record<string, readonly string[]>> = {
  CreateTable: [
    'TableName',
    'AttributeDefinitions',
    'KeySchema',
    'GlobalSecondaryIndexes',
    'BillingMode',
    'ProvisionedThroughput',
    'StreamSpecification',
    'SSESpecification',
    'Tags',
    'TableClass',
    'DeletionProtectionEnabled',
  ],
  UpdateTable: [
    'TableName',
    'AttributeDefinitions',
    'BillingMode',
    'ProvisionedThroughput',
    'GlobalSecondaryIndexUpdates',
    'StreamSpecification',
    'SSESpecification',
    'TableClass',
    'DeletionProtectionEnabled',
  ],
  PutItem: ['TableName', 'Item', ...conditional, ...writing],
  DeleteItem: ['TableName', 'Key', ...conditional, ...writing],
  UpdateItem: ['TableName', 'Key', 'UpdateExpression', ...conditional, ...writing],
  GetItem: [
    'TableName',
    'Key',
    'ConsistentRead',
    'ReturnConsumedCapacity',
    'ProjectionExpression',
    'ExpressionAttributeNames',
  ],
  Query: ['TableName', 'IndexName', 'KeyConditionExpression', 'ScanIndexForward', ...paging, ...showing],
  Scan: ['TableName', 'IndexName', 'Segment', 'TotalSegments', ...paging, ...showing],
  BatchGetItem: ['RequestItems', 'ReturnConsumedCapacity'],
  BatchWriteItem: ['RequestItems', ...writing],
  TransactGetItems: ['TransactItems', 'ReturnConsumedCapacity'],
  TransactWriteItems: ['TransactItems', 'ClientRequestToken', ...writing],
};

/** Members that would change what an operation means, and that nothing here understands, are refused with 501. */
export function refuseUnknownMembers(operation: string, input: object): void {
  const known = knownMembers[operation];
  if (!known) return;
  for (const [member, value] of Object.entries(input)) {
    const meansSomething = value !== undefined && value !== null && !isEmptyList(value);
    if (meansSomething && !known.includes(member)) {
      throw notImplemented('dynamodb', `member ${member} of ${operation}`);
    }
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
