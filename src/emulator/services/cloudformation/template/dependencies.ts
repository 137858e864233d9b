import { templateFault } from '../refusals.ts';
import { isRecord } from './members.ts';
import { attributeIn, placeholders, substitutionIn } from './resolve.ts';
import type { ResourceDeclaration, Template } from './template.ts';

/** Resources by logical id, each with those that must be there before it. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/** What each of the resources needs of the others. Throws ValidationError for what is not there, and for circles. */
export function dependenciesOf({ parameters, resources }: Template, ids: readonly string[]): Dependencies {
  const known = new Set(ids);
  const isParameter = (name: string) => name.startsWith('AWS::') || Object.hasOwn(parameters, name);
  const dependencies = new Map<string, ReadonlySet<string>>();
  for (const id of ids) {
    const { properties, dependsOn } = resources[id] as ResourceDeclaration;
    const spokenOf = [...namesIn(properties)].filter((name) => !isParameter(name));
    checkNamed(spokenOf.filter((name) => !Object.hasOwn(resources, name)));
    checkNamed(dependsOn.filter((name) => !Object.hasOwn(resources, name)));
    // What a condition leaves out is nothing to wait for.
    dependencies.set(id, new Set([...spokenOf, ...dependsOn].filter((name) => known.has(name))));
  }
  checkCircles(dependencies);
  return dependencies;
}

function checkNamed(missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw templateFault(
    `Unresolved resource dependencies [${missing.join(', ')}] in the Resources block of the template`,
  );
}

/** The names that a value speaks of, by Ref, Fn::GetAtt and Fn::Sub. */
export function namesIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const item of value) namesIn(item, found);
  if (!isRecord(value)) return found;
  for (const [name, argument] of Object.entries(value)) {
    if (name === 'Ref' && typeof argument === 'string') found.add(argument);
    if (name === 'Fn::GetAtt') found.add(attributeIn(argument)[0]);
    if (name === 'Fn::Sub') for (const one of namesInText(argument)) found.add(one);
    namesIn(argument, found);
  }
  return found;
}

function namesInText(argument: unknown): readonly string[] {
  const [text, own] = substitutionIn(argument);
  return [...text.matchAll(placeholders)]
    .map(([, written = '']) => written.trim())
    .filter((name) => !Object.hasOwn(own, name))
    .map((name) => name.split('.')[0] ?? name);
}

function checkCircles(dependencies: Dependencies): void {
  const left = new Map([...dependencies].map(([id, needed]) => [id, new Set(needed)]));
  for (let ready = freeOf(left); ready.length > 0; ready = freeOf(left)) {
    for (const id of ready) left.delete(id);
    for (const needed of left.values()) for (const id of ready) needed.delete(id);
  }
  if (left.size === 0) return;
  throw templateFault(`Circular dependency between resources: [${[...left.keys()].join(', ')}]`);
}

const freeOf = (left: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] =>
  [...left].filter(([, needed]) => needed.size === 0).map(([id]) => id);
