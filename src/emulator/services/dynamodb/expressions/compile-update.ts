import type { Item } from '../attribute-value.ts';
import type { Binding } from './binding.ts';
import { compileAdd, compileAssigned, compileDelete } from './compile-update-value.ts';
import { pathText, withoutValue, withValue, type Path } from './document-path.ts';
import { refusal, type ExpressionKind, type Update } from './syntax.ts';

/** An update with names and values bound. */
export interface BoundUpdate {
  /** Throws ValidationException when the item does not have what the update needs. */
  readonly apply: (item: Item) => Item;
  /** Everything that the update touches. */
  readonly paths: readonly Path[];
  /** What only takes away does not bring an item into being. */
  readonly onlyTakesAway: boolean;
}

/** One thing to do: its values are read off the item as it was before the whole update. */
interface Action {
  readonly path: Path;
  readonly apply: (item: Item, before: Item) => Item;
}

/** Throws ValidationException for whatever can be known to be wrong before an item is seen. */
export function compileUpdate(update: Update, kind: ExpressionKind, binding: Binding): BoundUpdate {
  const sets = update.set.map(({ path: syntax, value }): Action => {
    const path = binding.path(syntax, kind);
    const read = compileAssigned(value, kind, binding);
    return { path, apply: (item, before) => withValue(item, path, read(before)) };
  });
  const adds = update.add.map(({ path: syntax, value }): Action => {
    const path = binding.path(syntax, kind);
    const read = compileAdd(path, value, kind, binding);
    return { path, apply: (item, before) => withValue(item, path, read(before)) };
  });
  const deletes = update.delete.map(({ path: syntax, value }): Action => {
    const path = binding.path(syntax, kind);
    const read = compileDelete(path, value, kind, binding);
    return {
      path,
      apply(item, before) {
        const left = read(before);
        return left ? withValue(item, path, left) : withoutValue(item, path);
      },
    };
  });
  const removes = update.remove.map((syntax): Action => {
    const path = binding.path(syntax, kind);
    return { path, apply: (item) => withoutValue(item, path) };
  });
  const paths = [...sets, ...removes, ...adds, ...deletes].map(({ path }) => path);
  refuseOverlaps(paths, kind);
  // Elements are appended in the order of their numbers, and taken away from the end, so that numbers stay true.
  const actions = [...sets.sort(byPath), ...adds, ...deletes, ...removes.sort((a, b) => byPath(b, a))];
  return {
    apply: (before) => actions.reduce((item, action) => action.apply(item, before), before),
    paths,
    onlyTakesAway: sets.length + adds.length === 0,
  };
}

function byPath(a: Action, b: Action): number {
  for (let index = 0; index < Math.min(a.path.length, b.path.length); index += 1) {
    const [left, right] = [a.path[index], b.path[index]];
    if (left === right) continue;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return String(left) < String(right) ? -1 : 1;
  }
  return a.path.length - b.path.length;
}

/** No path of a request may lead through another one. Throws ValidationException. */
export function refuseOverlaps(paths: readonly Path[], kind: ExpressionKind): void {
  paths.forEach((second, index) => {
    for (const first of paths.slice(0, index)) {
      const fault = faultBetween(first, second);
      if (!fault) continue;
      throw refusal(
        kind,
        `Two document paths ${fault} with each other; must remove or rewrite one of these paths; ` +
          `path one: ${pathText(first)}, path two: ${pathText(second)}`,
      );
    }
  });
}

function faultBetween(first: Path, second: Path): 'overlap' | 'conflict' | undefined {
  const shared = Math.min(first.length, second.length);
  const parting = first.findIndex((step, index) => index < shared && step !== second[index]);
  if (parting < 0) return 'overlap';
  return typeof first[parting] === typeof second[parting] ? undefined : 'conflict';
}
