import type { Stack, StackDefinition, StackResource, StackStatus } from '../stack.ts';
import { converge, ResourcesFailed } from './converge.ts';
import { outputsOf } from './outputs.ts';
import { remove } from './remove.ts';
import { wantedIn, stackScope } from './stack-scope.ts';
import { tellStack } from './tell.ts';
import type { Tools } from './tools.ts';

/** Makes all that a new stack is to have, or undoes what has been made. Never throws: the stack tells how it went. */
export async function create(stack: Stack, tools: Tools): Promise<void> {
  const { platform } = tools;
  try {
    await converge(stack, tools, []);
    stack.outputs = outputsOf(stack, tools);
    tellStack(platform, stack, 'CREATE_COMPLETE');
  } catch (fault) {
    const reason = reasonFor('create', fault);
    if (stack.disableRollback) return tellStack(platform, stack, 'CREATE_FAILED', reason);
    tellStack(platform, stack, 'ROLLBACK_IN_PROGRESS', `${reason} Rollback requested by user.`);
    await clear(stack, tools, { done: 'ROLLBACK_COMPLETE', failed: 'ROLLBACK_FAILED' });
  }
}

/** Brings a stack to another definition, or back to the one of before. */
export async function update(stack: Stack, to: StackDefinition, tools: Tools): Promise<void> {
  const { platform } = tools;
  const former = stack.definition;
  const replaced: StackResource[] = [];
  stack.definition = to;
  try {
    await converge(stack, tools, replaced);
    stack.outputs = outputsOf(stack, tools);
    tellStack(platform, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    // What cannot be removed stays behind, and the update is complete nevertheless.
    await cleanUp(stack, tools, replaced).catch(() => {});
    stack.updatedAt = platform.clock.now();
    tellStack(platform, stack, 'UPDATE_COMPLETE');
  } catch (fault) {
    tellStack(platform, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reasonFor('update', fault));
    stack.definition = former;
    await rollBack(stack, tools, replaced);
  }
}

/** Removes all that a stack has, but for what its policies keep. */
export async function destroy(stack: Stack, tools: Tools): Promise<void> {
  await clear(stack, tools, { done: 'DELETE_COMPLETE', failed: 'DELETE_FAILED' });
  if (stack.status === 'DELETE_COMPLETE') stack.deletedAt = tools.platform.clock.now();
}

async function rollBack(stack: Stack, tools: Tools, replaced: readonly StackResource[]): Promise<void> {
  const { platform } = tools;
  const successors = replaced.flatMap(({ logicalId }) => stack.resources.get(logicalId) ?? []);
  for (const resource of replaced) stack.resources.set(resource.logicalId, resource);
  try {
    await converge(stack, tools, []);
    await cleanUp(stack, tools, successors);
    tellStack(platform, stack, 'UPDATE_ROLLBACK_COMPLETE');
  } catch (fault) {
    tellStack(platform, stack, 'UPDATE_ROLLBACK_FAILED', reasonFor('update', fault));
  }
}

/** Removes what has been replaced, and what the definition has no longer. */
async function cleanUp(stack: Stack, tools: Tools, replaced: readonly StackResource[]): Promise<void> {
  const wanted = new Set(wantedIn(stack.definition.template, stackScope(stack, tools)));
  const left = [...stack.resources.values()].filter(({ logicalId }) => !wanted.has(logicalId));
  await remove(replaced, 'replaced', stack, tools);
  await remove(left, 'left', stack, tools);
}

async function clear(
  stack: Stack,
  tools: Tools,
  statuses: { readonly done: StackStatus; readonly failed: StackStatus },
): Promise<void> {
  const occasion = statuses.done === 'ROLLBACK_COMPLETE' ? 'undone' : 'left';
  try {
    await remove([...stack.resources.values()], occasion, stack, tools);
    stack.outputs = [];
    stack.imports.clear();
    tellStack(tools.platform, stack, statuses.done);
  } catch (fault) {
    tellStack(tools.platform, stack, statuses.failed, reasonFor('delete', fault));
  }
}

function reasonFor(doing: 'create' | 'update' | 'delete', fault: unknown): string {
  if (fault instanceof ResourcesFailed)
    return `The following resource(s) failed to ${doing}: ${fault.message}.`;
  return fault instanceof Error ? fault.message : String(fault);
}
