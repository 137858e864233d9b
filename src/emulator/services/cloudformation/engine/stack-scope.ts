import type { Stack } from '../stack.ts';
import type { Scope } from '../template/resolve.ts';
import { scopeOf } from '../template/scope.ts';
import type { Template } from '../template/template.ts';
import type { Tools } from './tools.ts';

/** The scope of a stack's template; what is imported is remembered, so that nobody takes it away. */
export function stackScope(stack: Stack, { stacks }: Pick<Tools, 'stacks'>): Scope {
  const { template, parameters } = stack.definition;
  const { account, region, id: stackId, name: stackName } = stack;
  const imported = (name: string) => {
    const found = stacks.exports(stack).get(name);
    if (found) stack.imports.add(name);
    return found?.output.value;
  };
  return scopeOf(template, { account, region, stackId, stackName, parameters, imported }, (id) =>
    stack.resources.get(id),
  );
}

/** Logical ids of the resources that conditions do not leave out. */
export const wantedIn = ({ resources }: Template, scope: Scope): readonly string[] =>
  Object.entries(resources)
    .filter(([, { condition }]) => condition === undefined || scope.condition(condition))
    .map(([id]) => id);
