import type { Work } from '../../../clock.ts';
import type { Platform } from '../../../platform.ts';
import { clientsFor, type Clients } from '../clients.ts';
import type { Resource, Site } from '../resources/resource-provider.ts';
import type { Stack, StackResource } from '../stack.ts';
import { dependenciesOf, type Dependencies } from '../template/dependencies.ts';
import { isRecord, isSame } from '../template/members.ts';
import { resolve, type Scope } from '../template/resolve.ts';
import type { ResourceDeclaration } from '../template/template.ts';
import { stackScope, wantedIn } from './stack-scope.ts';
import { reasonOf, tellResource } from './tell.ts';
import type { Tools } from './tools.ts';

/** One or more resources of a stack could not be brought to what its template says. */
export class ResourcesFailed extends Error {
  override readonly name = 'ResourcesFailed';
  readonly logicalIds: readonly string[];
  constructor(logicalIds: readonly string[]) {
    super(`[${logicalIds.join(', ')}]`);
    this.logicalIds = logicalIds;
  }
}

/**
 * Makes and changes the resources of a stack until they are what its definition says: each as soon as those are there
 * that it needs. Answers the resources that others have replaced. Throws ResourcesFailed once nothing moves any more;
 * `replaced` has by then what was replaced before.
 */
export async function converge(stack: Stack, tools: Tools, replaced: StackResource[]): Promise<void> {
  const scope = stackScope(stack, tools);
  const ids = wantedIn(stack.definition.template, scope);
  const dependencies = dependenciesOf(stack.definition.template, ids);
  const failed: string[] = [];
  const started = new Map<string, Promise<void>>();

  function reach(id: string): Promise<void> {
    const going = started.get(id) ?? reachAfter(id, [...(dependencies.get(id) ?? [])].map(reach));
    started.set(id, going);
    return going;
  }

  async function reachAfter(id: string, needed: readonly Promise<void>[]): Promise<void> {
    await Promise.all(needed);
    // What has failed elsewhere will be undone: nothing new is begun.
    if (failed.length > 0) return;
    const step = { stack, tools, scope, dependencies, replaced };
    const isThere = await tools.platform.clock.work((work) => attempt(id, step, work));
    if (!isThere) failed.push(id);
  }

  await Promise.all(ids.map(reach));
  if (failed.length > 0) throw new ResourcesFailed(failed);
}

interface Step {
  readonly stack: Stack;
  readonly tools: Tools;
  readonly scope: Scope;
  readonly dependencies: Dependencies;
  readonly replaced: StackResource[];
}

/** Whether the resource is what it is to be. */
async function attempt(id: string, step: Step, work: Work): Promise<boolean> {
  const { stack, tools } = step;
  const declared = stack.definition.template.resources[id] as ResourceDeclaration;
  const known = stack.resources.get(id);
  const doing = known ? 'UPDATE' : 'CREATE';
  const tell = (status: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED', physicalId: string, reason?: string) =>
    tellResource(tools.platform, stack, {
      logicalId: id,
      physicalId,
      type: declared.type,
      status: `${doing}_${status}`,
      ...(reason === undefined ? {} : { reason }),
    });
  try {
    const properties = resolve(declared.properties, step.scope);
    const facts = factsOf(id, declared, properties, step.dependencies);
    if (known && known.type === declared.type && isSame(known.properties, properties)) {
      stack.resources.set(id, { ...known, ...facts });
      return true;
    }
    tell('IN_PROGRESS', known?.physicalId ?? '');
    const resource = await make(facts, known, step, work);
    stack.resources.set(id, { ...resource, ...facts });
    tell('COMPLETE', resource.physicalId);
    return true;
  } catch (fault) {
    tell('FAILED', known?.physicalId ?? '', reasonOf(fault));
    return false;
  }
}

type Facts = Omit<StackResource, keyof Resource>;

function factsOf(
  logicalId: string,
  { type, deletionPolicy, updateReplacePolicy }: ResourceDeclaration,
  properties: unknown,
  dependencies: Dependencies,
): Facts {
  return {
    logicalId,
    type,
    properties: isRecord(properties) ? properties : {},
    dependsOn: dependencies.get(logicalId) ?? new Set(),
    deletionPolicy,
    updateReplacePolicy,
  };
}

/** Changes the resource that is there, or makes another one beside it. */
async function make(
  { logicalId, type, properties }: Facts,
  known: StackResource | undefined,
  { stack, tools, replaced }: Step,
  work: Work,
): Promise<Resource> {
  const provider = tools.providers.get(type);
  if (!provider) throw new TypeError(`No provider of ${type}`);
  const site = siteOf(stack, logicalId, tools, work);
  const changed =
    known?.type === type
      ? await provider.update({ resource: known, former: known.properties, properties }, site)
      : undefined;
  if (changed) return changed;
  const made = await provider.create(properties, site);
  if (known) replaced.push(known);
  return made;
}

/** Where the resources of a stack are made, and by whose right. */
export function siteOf(stack: Stack, logicalId: string, { platform }: Tools, work: Work): Site {
  const { account, region, name, definition } = stack;
  return {
    account,
    region,
    clients: clientsOf(stack, platform),
    stackName: name,
    tags: definition.tags,
    get givenName() {
      return `${name}-${logicalId}-${platform.nextId().replaceAll('-', '').slice(0, 12).toUpperCase()}`;
    },
    sleep: (milliseconds) => work.sleep(milliseconds),
  };
}

const known = new WeakMap<Stack, { readonly accessKeyId: string; readonly clients: Clients }>();

/** The resources of a stack share their clients, until somebody else acts on the stack. */
function clientsOf(stack: Stack, platform: Platform): Clients {
  const { accessKeyId, region } = stack;
  const entry = known.get(stack);
  if (entry?.accessKeyId === accessKeyId) return entry.clients;
  const clients = clientsFor(platform, region, accessKeyId);
  known.set(stack, { accessKeyId, clients });
  return clients;
}
