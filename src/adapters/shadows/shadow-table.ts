import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  paginateScan,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isAccountId, type AccountId } from '#domain/account.ts';
import { parsedJson } from '#domain/parsed-json.ts';
import type { Shadow } from '#domain/shadows/shadow.ts';
import { shadowFrom } from '#domain/shadows/shadow-from.ts';
import type { ShadowChange, ShadowStore } from '#ports/shadow-store.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { expiration, keyOf, valueIn, type Item, type RecordTable } from '../records/record.ts';
import { putTogether, readItems } from '../records/record-batches.ts';
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

  const putOf = ({ account, former, text }: Replacement) => ({
    TableName,
    Item: {
      ...keyOf(account, order),
      Value: { S: text },
      ...expiration(access.clock.now(), table.ttlInSeconds),
    },
    ...unlessChanged(former),
  });

  async function textsOf(accounts: readonly AccountId[]): Promise<ReadonlyMap<string, string>> {
    const items = await readItems(
      { client, clock: access.clock, TableName },
      accounts.map((account) => keyOf(account, order)),
    );
    return new Map(
      items.flatMap((item) => {
        const text = valueIn(item);
        return text === undefined ? [] : [[item['Identifier']?.S ?? '', text]];
      }),
    );
  }

  /** Undefined once written; otherwise the record that stands in the way. */
  async function write(account: AccountId, former: string | undefined, text: string) {
    try {
      await client.send(new PutItemCommand(putOf({ account, former, text })));
      remembered.put(account, text);
      return undefined;
    } catch (fault) {
      if (fault instanceof ConditionalCheckFailedException) return { text: valueIn(fault.Item) };
      throw fault;
    }
  }

  async function change(account: AccountId, compute: ShadowChange): Promise<Shadow | undefined> {
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

  /** One that others change at the same time makes all of its batch go one by one. */
  async function changeAll(changes: ReadonlyMap<AccountId, ShadowChange>) {
    const [only] = changes;
    if (only && changes.size === 1) return new Map([[only[0], await change(...only)]]);
    const texts = await textsOf([...changes.keys()]);
    const done = new Map<AccountId, Shadow | undefined>();
    const replacements: (Replacement & { readonly compute: ShadowChange })[] = [];
    for (const [account, compute] of changes) {
      const former = texts.get(account);
      const shadow = shadowIn(account, former);
      const changed = compute(shadow);
      const text = changed && JSON.stringify(changed);
      done.set(account, changed ?? shadow);
      if (text !== undefined && text !== former) replacements.push({ account, compute, former, text });
    }
    for (const batch of batchesOf(replacements)) {
      const areWritten = await putTogether(client, batch.map(putOf));
      for (const { account, compute, text } of batch) {
        if (areWritten) remembered.put(account, text);
        else done.set(account, await change(account, compute));
      }
    }
    return done;
  }

  return {
    change,
    changeAll,
    find: async (account) => shadowIn(account, await read(account)),
    async findAll(accounts) {
      const texts = await textsOf(accounts);
      return new Map(
        accounts.flatMap((account) => {
          const shadow = shadowIn(account, texts.get(account));
          return shadow ? [[account, shadow]] : [];
        }),
      );
    },
    async *all() {
      for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
        yield Items.flatMap(shadowOf);
      }
    },
  };
}

/** A text that is to take the place of another one. */
interface Replacement {
  readonly account: AccountId;
  readonly former: string | undefined;
  readonly text: string;
}

/** A transaction takes a hundred records and 4 MB; each of them travels with the text that it replaces. */
const mostInBatch = 100;
const mostCharactersInBatch = 1_000_000;

function batchesOf<T extends Replacement>(replacements: readonly T[]): readonly (readonly T[])[] {
  const batches: T[][] = [];
  let room = 0;
  for (const one of replacements) {
    const needed = one.text.length + (one.former?.length ?? 0);
    const last = batches.at(-1);
    if (last && last.length < mostInBatch && needed <= room) last.push(one);
    else {
      batches.push([one]);
      room = mostCharactersInBatch;
    }
    room -= needed;
  }
  return batches;
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
  text === undefined ? undefined : shadowFrom(account, parsedJson(text));

function shadowOf(item: Item): readonly Shadow[] {
  const account = item['Identifier']?.S;
  const shadow = isAccountId(account) ? shadowIn(account, valueIn(item)) : undefined;
  return shadow ? [shadow] : [];
}
