import { attributeOf, type AttributeValue, type Item } from '../attribute-value.ts';
import { refuseOverlaps } from './compile-update.ts';
import type { Path } from './document-path.ts';
import type { Binding } from './binding.ts';
import type { ExpressionKind, PathSyntax } from './syntax.ts';

/** Throws ValidationException when two paths overlap. */
export function compileProjection(
  paths: readonly PathSyntax[],
  kind: ExpressionKind,
  binding: Binding,
): (item: Item) => Item {
  const bound = paths.map((path) => binding.path(path, kind));
  refuseOverlaps(bound, kind);
  return projectionOf(bound);
}

/** What is at the paths, in maps and lists as they are in the item; elements of lists move together. */
export function projectionOf(paths: readonly Path[]): (item: Item) => Item {
  const tree = treeOf(paths);
  return (item) => {
    const projected = project({ M: item }, tree);
    return projected && 'M' in projected ? projected.M : {};
  };
}

/** The steps that paths share, once; `undefined` at the end of a path. */
type Tree = ReadonlyMap<string | number, Tree | undefined>;

function treeOf(paths: readonly Path[]): Tree {
  const rests = new Map<string | number, Path[]>();
  for (const [step, ...rest] of paths) {
    if (step === undefined) continue;
    const known = rests.get(step) ?? [];
    rests.set(step, [...known, rest]);
  }
  return new Map(
    [...rests].map(([step, tails]) => [
      step,
      tails.some((tail) => tail.length === 0) ? undefined : treeOf(tails),
    ]),
  );
}

function project(value: AttributeValue, tree: Tree | undefined): AttributeValue | undefined {
  if (!tree) return value;
  if ('M' in value) {
    const found = [...tree].flatMap(([name, rest]) => {
      const member = typeof name === 'string' ? attributeOf(value.M, name) : undefined;
      const projected = member && project(member, rest);
      return projected ? [[name, projected]] : [];
    });
    return found.length > 0 ? { M: Object.fromEntries(found) } : undefined;
  }
  if (!('L' in value)) return undefined;
  const indexes = [...tree.keys()].filter((step) => typeof step === 'number').sort((a, b) => a - b);
  const found = indexes.flatMap((index) => {
    const member = value.L[index];
    const projected = member && project(member, tree.get(index));
    return projected ? [projected] : [];
  });
  return found.length > 0 ? { L: found } : undefined;
}
