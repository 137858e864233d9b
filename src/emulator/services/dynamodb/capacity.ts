import { notImplemented } from '../../aws-error.ts';

const readUnit = 4096;
const writeUnit = 1024;

/** What reading costs: half as much where a slightly old answer will do, twice as much in a transaction. */
export function readUnits(bytes: number, mode: 'eventual' | 'consistent' | 'transaction'): number {
  const units = Math.max(1, Math.ceil(bytes / readUnit));
  return mode === 'eventual' ? units / 2 : mode === 'consistent' ? units : units * 2;
}

export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / writeUnit));
}

/** The member ConsumedCapacity of an answer, when the request asks for it. */
export function consumedCapacity(
  asked: string | undefined,
  table: { readonly name: string },
  units: () => number,
): { readonly ConsumedCapacity?: { readonly TableName: string; readonly CapacityUnits: number } } {
  if (!wantsCapacity(asked)) return {};
  return { ConsumedCapacity: { TableName: table.name, CapacityUnits: units() } };
}

/** The same for requests to several tables: units add up by table. */
export function consumedCapacities(
  asked: string | undefined,
  used: Iterable<readonly [table: string, units: number]>,
): { readonly ConsumedCapacity?: readonly { readonly TableName: string; readonly CapacityUnits: number }[] } {
  if (!wantsCapacity(asked)) return {};
  const total = new Map<string, number>();
  for (const [table, units] of used) total.set(table, (total.get(table) ?? 0) + units);
  return { ConsumedCapacity: [...total].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits })) };
}

function wantsCapacity(asked: string | undefined): boolean {
  if (asked === 'INDEXES') throw notImplemented('dynamodb', 'ReturnConsumedCapacity by index');
  return asked === 'TOTAL';
}
