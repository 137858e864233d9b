import type { Stack, StackResource } from '../stack.ts';
import { ResourcesFailed, siteOf } from './converge.ts';
import { reasonOf, tellResource } from './tell.ts';
import type { Tools } from './tools.ts';

/** Why resources go, which decides whether their policy keeps them. */
export type Occasion = 'left' | 'replaced' | 'undone';

/** Removes resources, each once those that lean on it are gone. Throws ResourcesFailed. */
export async function remove(
  resources: readonly StackResource[],
  occasion: Occasion,
  stack: Stack,
  tools: Tools,
): Promise<void> {
  const failed: string[] = [];
  const started = new Map<string, Promise<boolean>>();

  function go(resource: StackResource): Promise<boolean> {
    const { logicalId } = resource;
    const leaning = resources.filter(({ dependsOn }) => dependsOn.has(logicalId));
    const going = started.get(logicalId) ?? goAfter(resource, leaning.map(go));
    started.set(logicalId, going);
    return going;
  }

  async function goAfter(resource: StackResource, leaning: readonly Promise<boolean>[]): Promise<boolean> {
    const free = (await Promise.all(leaning)).every(Boolean);
    if (free && (await removeOne(resource, occasion, stack, tools))) return true;
    if (free) failed.push(resource.logicalId);
    return false;
  }

  await Promise.all(resources.map(go));
  if (failed.length > 0) throw new ResourcesFailed(failed);
}

/** Whether the stack is rid of it. */
async function removeOne(
  resource: StackResource,
  occasion: Occasion,
  stack: Stack,
  tools: Tools,
): Promise<boolean> {
  const { logicalId, physicalId, type, properties } = resource;
  const tell = (
    status: 'DELETE_IN_PROGRESS' | 'DELETE_COMPLETE' | 'DELETE_FAILED' | 'DELETE_SKIPPED',
    reason?: string,
  ) =>
    tellResource(tools.platform, stack, {
      logicalId,
      physicalId,
      type,
      status,
      ...(reason === undefined ? {} : { reason }),
    });
  // The place of what has been replaced is taken by what has replaced it.
  const forget = () => stack.resources.get(logicalId) === resource && stack.resources.delete(logicalId);
  if (isKept(resource, occasion)) {
    tell('DELETE_SKIPPED');
    forget();
    return true;
  }
  tell('DELETE_IN_PROGRESS');
  try {
    await tools.platform.clock.work(async (work) =>
      tools.providers.get(type)?.remove(resource, properties, siteOf(stack, logicalId, tools, work)),
    );
    tell('DELETE_COMPLETE');
    forget();
    return true;
  } catch (fault) {
    tell('DELETE_FAILED', reasonOf(fault));
    return false;
  }
}

function isKept({ deletionPolicy, updateReplacePolicy }: StackResource, occasion: Occasion): boolean {
  if (occasion === 'replaced') return updateReplacePolicy !== 'Delete';
  return deletionPolicy === 'Retain' || (deletionPolicy === 'RetainExceptOnCreate' && occasion === 'left');
}
