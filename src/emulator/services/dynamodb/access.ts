import type { AccountId } from '#domain/account.ts';
import type { Access, Call } from '../../service.ts';
import { tableAddress, tableArn } from './tables.ts';

interface TableInput {
  readonly TableName?: string;
  readonly IndexName?: string;
}

interface ArnInput {
  readonly ResourceArn?: string;
}

interface BatchInput {
  readonly RequestItems?: Readonly<Record<string, unknown>>;
}

type Rule = (input: never, call: Call) => Access;

/** Resources as in AWS's service authorization reference; a query of an index needs permission for the index. */
const onTable: Rule = ({ TableName, IndexName }: TableInput, call: Call) => {
  const { arn, owner } = tableOf(TableName, call);
  return { resource: IndexName ? `${arn}/index/${IndexName}` : arn, owner };
};

const onTaggedTable: Rule = ({ ResourceArn }: ArnInput, call: Call) => {
  const { arn, owner } = tableOf(ResourceArn, call);
  return { resource: arn, owner };
};

const onTables: Rule = ({ RequestItems = {} }: BatchInput, call: Call) => {
  const tables = Object.keys(RequestItems).map((name) => tableOf(name, call));
  return {
    resource: tables.map(({ arn }) => arn),
    owner: tables.find(({ owner }) => owner !== call.account)?.owner,
  };
};

function tableOf(
  nameOrArn: string | undefined,
  call: Call,
): { readonly arn: string; readonly owner: AccountId } {
  const address = tableAddress(nameOrArn, call);
  return { arn: tableArn(address), owner: address.account };
}

const tableOperations = [
  'CreateTable',
  'DescribeTable',
  'DeleteTable',
  'UpdateTable',
  'UpdateTimeToLive',
  'DescribeTimeToLive',
  'DescribeContinuousBackups',
  'UpdateContinuousBackups',
  'PutItem',
  'GetItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
];

/** Transactions ask for permission themselves, since each of their actions needs another one. */
export const dynamoDbAccess: Readonly<Record<string, Rule | 'everybody'>> = {
  ...Object.fromEntries(tableOperations.map((operation) => [operation, onTable])),
  TagResource: onTaggedTable,
  UntagResource: onTaggedTable,
  ListTagsOfResource: onTaggedTable,
  BatchGetItem: onTables,
  BatchWriteItem: onTables,
  TransactWriteItems: 'everybody',
  TransactGetItems: 'everybody',
};
