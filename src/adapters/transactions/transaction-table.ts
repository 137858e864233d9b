import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  paginateScan,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { parsedJson } from '#domain/parsed-json.ts';
import { openTransactionFrom } from '#domain/transactions/open-transaction-from.ts';
import { beginnings, type OpenTransaction } from '#domain/transactions/transaction.ts';
import type { TransactionLog } from '#ports/transaction-log.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { deleteItems, putTogether, readItems } from '../records/record-batches.ts';
import { expiration, keyOf, valueIn, type Item, type RecordTable } from '../records/record.ts';

/** A record outlives the deadline, since it is by the record that a missed deadline is noticed. */
const memoryAfterDeadlineInSeconds = 7 * 24 * 3600;

const kinds = Object.values(beginnings);

/** Transactions in DynamoDB: keyed by account, and by what kind of transaction it is. */
export function createTransactionTable(access: AwsAccess, table: RecordTable): TransactionLog {
  const client = new DynamoDBClient(clientConfig(access));
  const TableName = table.name;
  const { clock } = access;
  const batched = { client, clock, TableName };
  const putOf = (open: OpenTransaction, ConditionExpression: string) => ({
    TableName,
    Item: {
      ...keyOf(open.account, open.transaction),
      Value: { S: JSON.stringify(open) },
      ...expiration(new Date(open.begin * 1000), table.ttlInSeconds + memoryAfterDeadlineInSeconds),
    },
    ConditionExpression,
  });

  /** Tells whether the condition held. */
  async function put(input: PutItemCommandInput): Promise<boolean> {
    try {
      await client.send(new PutItemCommand(input));
      return true;
    } catch (fault) {
      if (fault instanceof ConditionalCheckFailedException) return false;
      throw fault;
    }
  }

  return {
    deadlineInSeconds: table.ttlInSeconds,

    async begin(opens) {
      const puts = opens.map((open) => putOf(open, 'attribute_not_exists(Identifier)'));
      if (await putTogether(client, puts)) return opens.map(() => true);
      const areFirst: boolean[] = [];
      for (const one of puts) areFirst.push(await put(one));
      return areFirst;
    },

    async of(accounts) {
      const keys = accounts.flatMap((account) => kinds.map((kind) => keyOf(account, kind)));
      return (await readItems(batched, keys)).flatMap(transactionOf);
    },

    all: () => transactionsIn(paginateScan({ client }, { TableName })),

    async noteTakenUp(open, takenUp) {
      await put(putOf({ ...open, takenUp }, 'attribute_exists(Identifier)'));
    },

    forget: (transactions) =>
      deleteItems(
        batched,
        transactions.map(({ account, transaction }) => keyOf(account, transaction)),
      ),
  };
}

async function transactionsIn(
  pages: AsyncIterable<{ readonly Items?: Item[] | undefined }>,
): Promise<readonly OpenTransaction[]> {
  const found: OpenTransaction[] = [];
  for await (const { Items = [] } of pages) found.push(...Items.flatMap(transactionOf));
  return found;
}

/** What earlier releases have left is no transaction, or of another order, and expires. */
function transactionOf(item: Item): readonly OpenTransaction[] {
  const open = openTransactionFrom(parsedJson(valueIn(item)));
  return open && open.transaction === item['Order']?.S ? [open] : [];
}
