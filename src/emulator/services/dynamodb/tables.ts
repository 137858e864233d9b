import { accountId, type AccountId } from '#domain/account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import type { Index, Table } from './table.ts';
import { validationException } from './validation-exception.ts';

/** All tables of the cloud, by account and region. */
export interface Tables {
  /** The tables of the caller's account and region, by name. */
  of(place: TablePlace): Map<string, Table>;
  /** The table that a request names, by name or ARN. Throws ResourceNotFoundException. */
  find(nameOrArn: string | undefined, call: Call): Table;
  /** Throws ResourceNotFoundException, saying which table is meant. */
  describe(nameOrArn: string | undefined, call: Call): Table;
  all(): Iterable<Table>;
}

export interface TablePlace {
  readonly account: AccountId;
  readonly region: string;
}

export interface TableAddress extends TablePlace {
  readonly name: string;
}

export function createTables(): Tables {
  const byPlace = new Map<string, Map<string, Table>>();

  function of({ account, region }: TablePlace): Map<string, Table> {
    const key = `${account} ${region}`;
    const known = byPlace.get(key) ?? new Map<string, Table>();
    byPlace.set(key, known);
    return known;
  }

  function lookUp(nameOrArn: string | undefined, call: Call): Table | undefined {
    const address = tableAddress(nameOrArn, call);
    return of(address).get(address.name);
  }

  return {
    of,
    find(nameOrArn, call) {
      const table = lookUp(nameOrArn, call);
      if (!table) throw resourceNotFound();
      return table;
    },
    describe(nameOrArn, call) {
      const table = lookUp(nameOrArn, call);
      if (!table) throw resourceNotFound(`Table: ${tableAddress(nameOrArn, call).name} not found`);
      return table;
    },
    *all() {
      for (const tables of byPlace.values()) yield* tables.values();
    },
  };
}

const arnPattern = /^arn:aws:dynamodb:([a-z0-9-]+):(\d{12}):table\/([^/]+)/;

/** Where the table of a request is: in the caller's account and region, unless an ARN says otherwise. */
export function tableAddress(nameOrArn: string | undefined, call: TablePlace): TableAddress {
  if (!nameOrArn)
    throw validationException("The parameter 'TableName' is required but was not present in the request");
  const [, region, account, name] = arnPattern.exec(nameOrArn) ?? [];
  if (region && account && name) return { region, account: accountId(account), name };
  return { account: call.account, region: call.region, name: nameOrArn };
}

export function tableArn({ account, region, name }: TableAddress): string {
  return `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}

export function resourceNotFound(what?: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found${what ? `: ${what}` : ''}`);
}

/** The index that a query or a scan names; undefined when it reads the table. Throws ValidationException. */
export function indexOf(table: Table, name: string | undefined): Index | undefined {
  if (name === undefined) return undefined;
  const index = table.indexes.get(name);
  if (!index) throw validationException(`The table does not have the specified index: ${name}`);
  return index;
}
