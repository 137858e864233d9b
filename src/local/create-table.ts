import { CreateTableCommand, type DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';

/** Creates a table of ours: keyed by `Identifier` and `Order`, with a time to live in `Expiration`. */
export async function createTable(dynamodb: DynamoDBClient, TableName: string): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'Identifier', KeyType: 'HASH' },
        { AttributeName: 'Order', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'Identifier', AttributeType: 'S' },
        { AttributeName: 'Order', AttributeType: 'S' },
      ],
    }),
  );
  const TimeToLiveSpecification = { AttributeName: 'Expiration', Enabled: true };
  await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}
