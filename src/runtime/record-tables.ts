import * as z from 'zod/mini';
import type { RecordTable } from '#adapters/records/record.ts';
import type { Settings } from '#domain/settings/settings.ts';

/** The tables in which is kept what happened to accounts, named with the environment. */
export interface RecordTables {
  readonly shadows: RecordTable;
  readonly activities: RecordTable;
  readonly transactions: RecordTable;
}

const name = z.string().check(z.minLength(1));
const seconds = z.string().check(z.regex(/^[1-9]\d*$/));

/** Variables by which functions learn of the tables. */
export const tableShape = {
  SHADOWS_TABLE: name,
  SHADOWS_TTL_IN_SECONDS: seconds,
  ACTIVITIES_TABLE: name,
  ACTIVITIES_TTL_IN_SECONDS: seconds,
  TRANSACTIONS_TABLE: name,
  TRANSACTIONS_TTL_IN_SECONDS: seconds,
};

type TableVariables = { readonly [Name in keyof typeof tableShape]: string };

export function recordTablesOf({ environment, metering }: Settings): RecordTables {
  const table = (datastore: string, ttlInSeconds: number): RecordTable => ({
    name: `${environment}${datastore}`,
    ttlInSeconds,
  });
  return {
    shadows: table(metering.shadowsDatastore, metering.shadowsTtlInSeconds),
    activities: table(metering.activitiesDatastore, metering.activitiesTtlInSeconds),
    transactions: table(metering.transactionsDatastore, metering.transactionsTtlInSeconds),
  };
}

export function tableVariables({ shadows, activities, transactions }: RecordTables): TableVariables {
  return {
    SHADOWS_TABLE: shadows.name,
    SHADOWS_TTL_IN_SECONDS: String(shadows.ttlInSeconds),
    ACTIVITIES_TABLE: activities.name,
    ACTIVITIES_TTL_IN_SECONDS: String(activities.ttlInSeconds),
    TRANSACTIONS_TABLE: transactions.name,
    TRANSACTIONS_TTL_IN_SECONDS: String(transactions.ttlInSeconds),
  };
}

export function tablesIn(variables: TableVariables): RecordTables {
  const table = (name: string, ttl: string): RecordTable => ({ name, ttlInSeconds: Number(ttl) });
  return {
    shadows: table(variables.SHADOWS_TABLE, variables.SHADOWS_TTL_IN_SECONDS),
    activities: table(variables.ACTIVITIES_TABLE, variables.ACTIVITIES_TTL_IN_SECONDS),
    transactions: table(variables.TRANSACTIONS_TABLE, variables.TRANSACTIONS_TTL_IN_SECONDS),
  };
}
