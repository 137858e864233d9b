import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { notImplemented } from '../../aws-error.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { beginStack, checkDefinition } from './begin-stack.ts';
import { clientsFor, type Clients } from './clients.ts';
import { destroy, update } from './engine/life.ts';
import { tellStack } from './engine/tell.ts';
import type { Tools } from './engine/tools.ts';
import { invalid, noSuchStack } from './refusals.ts';
import type { Stack, StackDefinition } from './stack.ts';
import { checkMembers, listOf, templateIn, type StackRequest } from './stack-request.ts';
import { isSame } from './template/members.ts';
import { parameterValues } from './template/parameters.ts';

/** Stacks are made, changed and deleted in the background: each answers at once. */
export function stackOperations(tools: Tools) {
  const { platform, stacks } = tools;

  return {
    async CreateStack(request: StackRequest, call: Call) {
      checkMembers('CreateStack', request);
      if (request.OnFailure === 'DELETE') throw notImplemented('cloudformation', 'the deletion on failure');
      const accessKeyId = keyFor(platform, request.RoleARN, call);
      const definition = await definitionIn(
        request,
        undefined,
        clientsFor(platform, call.region, accessKeyId),
      );
      const stack = beginStack(
        {
          name: request.StackName ?? '',
          place: call,
          definition,
          accessKeyId,
          roleArn: request.RoleARN,
          disableRollback: String(request.DisableRollback) === 'true' || request.OnFailure === 'DO_NOTHING',
          isProtected: String(request.EnableTerminationProtection) === 'true',
        },
        tools,
      );
      return { StackId: stack.id };
    },

    async UpdateStack(request: StackRequest, call: Call) {
      checkMembers('UpdateStack', request);
      const stack = existing(request.StackName, call);
      if (!mayBeUpdated.has(stack.status))
        throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
      const accessKeyId = keyFor(platform, request.RoleARN ?? stack.roleArn, call);
      const clients = clientsFor(platform, call.region, accessKeyId);
      const definition = await definitionIn(request, stack.definition, clients);
      if (saysTheSame(stack.definition, definition)) throw invalid('No updates are to be performed.');
      if (!isSame(stack.definition.tags, definition.tags))
        throw notImplemented('cloudformation', 'other tags for a stack that is there');
      checkDefinition(stack, definition, tools);
      stack.accessKeyId = accessKeyId;
      tellStack(platform, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
      platform.clock.after(0, () => void update(stack, definition, tools));
      return { StackId: stack.id };
    },

    DeleteStack({ StackName, RoleARN, ...others }: StackRequest & { RetainResources?: unknown }, call: Call) {
      if (others.RetainResources !== undefined && others.RetainResources !== '')
        throw notImplemented('cloudformation', 'DeleteStack with RetainResources');
      const stack = stacks.find(call, StackName ?? '');
      if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return;
      if (stack.isProtected)
        throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
      for (const { exportName = '' } of stack.outputs) {
        const [user] = stacks.importersOf(stack, exportName);
        if (user) throw invalid(`Export ${exportName} cannot be deleted as it is in use by ${user.name}`);
      }
      stack.accessKeyId = keyFor(platform, RoleARN ?? stack.roleArn, call);
      tellStack(platform, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
      platform.clock.after(0, () => void destroy(stack, tools));
    },
  };

  function existing(name: string | undefined, call: Call): Stack {
    const stack = stacks.find(call, name ?? '');
    if (!stack || stack.status === 'DELETE_COMPLETE') throw noSuchStack(name ?? '');
    return stack;
  }
}

const mayBeUpdated = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);

/** By whose right a stack acts: the caller's, or that of the role which is passed to it. */
function keyFor({ identity }: Platform, role: string | undefined, call: Call): string {
  if (role === undefined)
    return /Credential=([^/,\s]+)/.exec(call.http.headers['authorization'] ?? '')?.[1] ?? '';
  const service = 'cloudformation.amazonaws.com';
  const context = { 'iam:PassedToService': service };
  identity.authorize(call.caller, { action: 'iam:PassRole', resource: role, context });
  const lifetime = { seconds: 12 * 3600, clock: 'simulated' } as const;
  return identity.assume(role, 'AWSCloudFormation', { service, account: call.account }, lifetime).accessKeyId;
}

async function definitionIn(
  request: StackRequest,
  former: StackDefinition | undefined,
  clients: Clients,
): Promise<StackDefinition> {
  const template = await templateIn(request, former?.template, clients);
  const given = listOf(request.Parameters);
  const lookUp = (name: string) => storedParameter(name, clients);
  const tags = listOf(request.Tags).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return {
    template,
    parameters: await parameterValues(template, given, former?.parameters ?? new Map(), lookUp),
    tags: request.Tags === undefined && former ? former.tags : Object.fromEntries(tags),
    capabilities: listOf(request.Capabilities),
  };
}

async function storedParameter(name: string, { ssm }: Clients): Promise<string> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value ?? '';
  } catch (fault) {
    if (!(fault instanceof Error) || fault.name !== 'ParameterNotFound') throw fault;
    throw invalid(`Unable to fetch parameters [${name}] from parameter store for this account.`);
  }
}

function saysTheSame(one: StackDefinition, other: StackDefinition): boolean {
  const values = ({ parameters }: StackDefinition) =>
    Object.fromEntries([...parameters].map(([name, { value }]) => [name, value]));
  const written = ({ template }: StackDefinition): unknown => JSON.parse(template.text);
  return (
    isSame(written(one), written(other)) && isSame(values(one), values(other)) && isSame(one.tags, other.tags)
  );
}
