import { invalid } from '../refusals.ts';
import type { Stack, StackOutput } from '../stack.ts';
import { isRecord } from '../template/members.ts';
import { resolve, type Scope } from '../template/resolve.ts';
import { stackScope } from './stack-scope.ts';
import type { Tools } from './tools.ts';

/** What a stack tells once its resources are there. Throws ValidationError where exports get into each other's way. */
export function outputsOf(stack: Stack, tools: Pick<Tools, 'stacks'>): readonly StackOutput[] {
  const scope = stackScope(stack, tools);
  const outputs = Object.entries(stack.definition.template.outputs)
    .filter(([, { Condition }]) => typeof Condition !== 'string' || scope.condition(Condition))
    .map(([key, { Value, Description, Export }]) => ({
      key,
      value: String(resolve(Value, scope)),
      description: typeof Description === 'string' ? Description : undefined,
      exportName: exportIn(Export, scope),
    }));
  checkExports(stack, outputs, tools);
  return outputs;
}

function exportIn(written: unknown, scope: Scope): string | undefined {
  return isRecord(written) ? String(resolve(written['Name'], scope)) : undefined;
}

function checkExports(
  stack: Stack,
  outputs: readonly StackOutput[],
  { stacks }: Pick<Tools, 'stacks'>,
): void {
  const names = new Map(outputs.map(({ exportName, value }) => [exportName, value]));
  for (const [name, other] of stacks.exports(stack)) {
    if (other.stack !== stack && names.has(name))
      throw invalid(`Export with name ${name} is already exported by stack ${other.stack.name}.`);
    const [user] = stacks.importersOf(stack, name);
    if (other.stack === stack && user && names.get(name) !== other.output.value)
      throw invalid(`Export ${name} cannot be updated as it is in use by ${user.name}`);
  }
}
