import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  paginateScan,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isAccountId, type AccountId } from '#domain/account.ts';
import type { Shadow } from '#domain/shadows/shadow.ts';
import { shadowFrom } from '#domain/shadows/shadow-from.ts';
import type { ShadowStore } from '#ports/shadow-store.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { expiration, keyOf, parsed, valueIn, type Item, type RecordTable } from '../records/record.ts';
import { readItems } from '../records/record-batches.ts';
import { rememberTexts } from './remember-texts.ts';

const order = '-';
const attempts = 20;

export class ShadowContended extends Error {
  override readonly name = 'ShadowContended';
  readonly account: AccountId;
  constructor(account: AccountId) {
    super(`the shadow of account ${account} has been changed by others ${attempts} times: try again`);
    this.account = account;
  }
}

/**
 * Shadows in DynamoDB, one record per account. Each write is bound to the text that it was computed from, and a
 * refused one brings the text that is there. Texts are remembered, so that most changes take one call: one that is
 * out of date costs a second call, and never a lost change.
 */
export function createShadowTable(access: AwsAccess, table: RecordTable): ShadowStore {
  const client = new DynamoDBClient(clientConfig(access));
  const TableName = table.name;
  const remembered = rememberTexts();

  async function read(account: AccountId): Promise<string | undefined> {
    const Key = keyOf(account, order);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return valueIn(Item);
  }

  /** Undefined once written; otherwise the record that stands in the way. */
  async function write(account: AccountId, former: string | undefined, text: string) {
    const Item = {
      ...keyOf(account, order),
      Value: { S: text },
      ...expiration(access.clock.now(), table.ttlInSeconds),
    };
    try {
      await client.send(new PutItemCommand({ TableName, Item, ...unlessChanged(former) }));
      remembered.put(account, text);
      return undefined;
    } catch (fault) {
      if (fault instanceof ConditionalCheckFailedException) return { text: valueIn(fault.Item) };
      throw fault;
    }
  }

  async function change(
    account: AccountId,
    compute: (shadow: Shadow | undefined) => Shadow | undefined,
  ): Promise<Shadow | undefined> {
    const known = remembered.get(account);
    let former = known ?? (await read(account));
    let isFresh = known === undefined;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const shadow = shadowIn(account, former);
      const changed = compute(shadow);
      const text = changed && JSON.stringify(changed);
      if (text === undefined || text === former) {
        if (isFresh) return shadow;
        // Nothing to do, as far as is remembered: the record itself has the last word.
        former = await read(account);
      } else {
        const conflict = await write(account, former, text);
        if (!conflict) return changed;
        former = conflict.text;
      }
      isFresh = true;
    }
    throw new ShadowContended(account);
  }

  return {
    change,
    find: async (account) => shadowIn(account, await read(account)),
    async findAll(accounts) {
      const table = { client, clock: access.clock, TableName };
      const items = await readItems(
        table,
        accounts.map((account) => keyOf(account, order)),
      );
      return new Map(items.flatMap(shadowOf).map((shadow) => [shadow.id, shadow]));
    },
    async *all() {
      for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
        yield Items.flatMap(shadowOf);
      }
    },
  };
}

/** People may have changed the record by hand too: the text is compared, not a version that they would forget. */
const unlessChanged = (former: string | undefined) => ({
  ...(former === undefined
    ? { ConditionExpression: 'attribute_not_exists(Identifier)' }
    : {
        ConditionExpression: '#value = :former',
        ExpressionAttributeNames: { '#value': 'Value' },
        ExpressionAttributeValues: { ':former': { S: former } },
      }),
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

const shadowIn = (account: AccountId, text: string | undefined): Shadow | undefined =>
  text === undefined ? undefined : shadowFrom(account, parsed(text));

function shadowOf(item: Item): readonly Shadow[] {
  const account = item['Identifier']?.S;
  const shadow = isAccountId(account) ? shadowIn(account, valueIn(item)) : undefined;
  return shadow ? [shadow] : [];
}
