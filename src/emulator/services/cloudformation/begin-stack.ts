import { notImplemented } from '../../aws-error.ts';
import { create, update } from './engine/life.ts';
import { stackScope, wantedIn } from './engine/stack-scope.ts';
import { tellStack } from './engine/tell.ts';
import type { Tools } from './engine/tools.ts';
import { alreadyExists, invalid } from './refusals.ts';
import type { Place, Stack, StackDefinition } from './stack.ts';
import { checkCapabilities, checkTypes } from './stack-request.ts';
import { dependenciesOf } from './template/dependencies.ts';
import { isSame } from './template/members.ts';
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
export function beginStack(wanted: NewStack, tools: Tools): Stack {
  const stack = reserveStack(wanted, tools);
  beginCreation(stack, tools);
  return stack;
}

/** A stack that has nothing yet, and may be made. Throws AlreadyExistsException and ValidationError. */
export function reserveStack(
  { place, name, definition, accessKeyId, ...choices }: NewStack,
  { platform, ...tools }: Tools,
): Stack {
  const { account, region } = place;
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  if (tools.stacks.find(place, name)) throw alreadyExists(name);
  const { disableRollback = false, isProtected = false, roleArn } = choices;
  const stack: Stack = {
    account,
    region,
    name,
    id: `arn:aws:cloudformation:${region}:${account}:stack/${name}/${platform.nextId()}`,
    createdAt: platform.clock.now(),
    updatedAt: undefined,
    deletedAt: undefined,
    status: 'REVIEW_IN_PROGRESS',
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
  checkDefinition(stack, definition, { platform, ...tools });
  tools.stacks.put(stack);
  return stack;
}

export function beginCreation(stack: Stack, tools: Tools): void {
  tellStack(tools.platform, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  tools.platform.clock.after(0, () => void create(stack, tools));
}

/** Begins to bring a stack to another definition, by the right of an access key. Throws ValidationError. */
export function beginUpdate(stack: Stack, to: StackDefinition, accessKeyId: string, tools: Tools): void {
  if (!isSame(stack.definition.tags, to.tags))
    throw notImplemented('cloudformation', 'other tags for a stack that is there');
  checkDefinition(stack, to, tools);
  stack.accessKeyId = accessKeyId;
  tellStack(tools.platform, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  tools.platform.clock.after(0, () => void update(stack, to, tools));
}

const mayBeUpdated = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);

/** Throws ValidationError for a stack that something else is being done to, or that could not be made. */
export function checkRest({ id, status }: Stack): void {
  if (!mayBeUpdated.has(status)) throw invalid(`Stack:${id} is in ${status} state and can not be updated.`);
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
