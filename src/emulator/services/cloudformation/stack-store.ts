import type { Place, Stack, StackOutput } from './stack.ts';

/** The stacks of all accounts and regions; those that are deleted are still told by their id. */
export interface StackStore {
  put(stack: Stack): void;
  /** By name, unless it is deleted, or by id. */
  find(place: Place, nameOrId: string): Stack | undefined;
  /** The newest first, the deleted ones too. */
  list(place: Place): readonly Stack[];
  /** What stacks of the place export, by name. */
  exports(place: Place): ReadonlyMap<string, { readonly stack: Stack; readonly output: StackOutput }>;
  /** Stacks that have taken an export. */
  importersOf(place: Place, exportName: string): readonly Stack[];
}

export function createStackStore(): StackStore {
  const places = new Map<string, Stack[]>();
  const of = ({ account, region }: Place) => places.get(`${account} ${region}`) ?? [];
  const living = (place: Place) => of(place).filter(({ status }) => status !== 'DELETE_COMPLETE');

  return {
    put: (stack) => void places.set(`${stack.account} ${stack.region}`, [stack, ...of(stack)]),
    find: (place, nameOrId) =>
      living(place).find(({ name }) => name === nameOrId) ?? of(place).find(({ id }) => id === nameOrId),
    list: of,
    exports: (place) =>
      new Map(
        living(place).flatMap((stack) =>
          stack.outputs.flatMap((output) =>
            output.exportName === undefined ? [] : [[output.exportName, { stack, output }] as const],
          ),
        ),
      ),
    importersOf: (place, exportName) => living(place).filter(({ imports }) => imports.has(exportName)),
  };
}
