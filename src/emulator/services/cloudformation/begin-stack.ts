import { create } from './engine/life.ts';
import { stackScope, wantedIn } from './engine/stack-scope.ts';
import { tellStack } from './engine/tell.ts';
import type { Tools } from './engine/tools.ts';
import { alreadyExists, invalid } from './refusals.ts';
import type { Place, Stack, StackDefinition } from './stack.ts';
import { checkCapabilities, checkTypes } from './stack-request.ts';
import { dependenciesOf } from './template/dependencies.ts';
import { checkRules } from './template/rules.ts';

/** A stack to be made. */
export interface NewStack extends Pick<Stack, 'name' | 'accessKeyId'> {
  readonly place: Place;
  readonly definition: StackDefinition;
  readonly roleArn?: string | undefined;
  readonly disableRollback?: boolean;
  readonly isProtected?: boolean;
}

/** Begins to make a stack, once all is right with its definition. Throws AlreadyExistsException and ValidationError. */
export function beginStack(
  { place, name, definition, accessKeyId, ...choices }: NewStack,
  tools: Tools,
): Stack {
  const { platform, stacks } = tools;
  const { account, region } = place;
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  if (stacks.find(place, name)) throw alreadyExists(name);
  const { disableRollback = false, isProtected = false, roleArn } = choices;
  const stack: Stack = {
    account,
    region,
    name,
    id: `arn:aws:cloudformation:${region}:${account}:stack/${name}/${platform.nextId()}`,
    createdAt: platform.clock.now(),
    updatedAt: undefined,
    deletedAt: undefined,
    status: 'CREATE_IN_PROGRESS',
    reason: undefined,
    definition,
    accessKeyId,
    roleArn,
    disableRollback,
    isProtected,
    resources: new Map(),
    states: new Map(),
    events: [],
    outputs: [],
    imports: new Set(),
  };
  checkDefinition(stack, definition, tools);
  stacks.put(stack);
  tellStack(platform, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  platform.clock.after(0, () => void create(stack, tools));
  return stack;
}

/** Everything that can be wrong with a definition before a resource is touched. */
export function checkDefinition(stack: Stack, definition: StackDefinition, tools: Tools): void {
  const { template, capabilities } = definition;
  checkTypes(template, tools.providers);
  checkCapabilities(template, capabilities);
  const scope = stackScope({ ...stack, definition }, tools);
  checkRules(template, scope);
  dependenciesOf(template, wantedIn(template, scope));
}
