import { notImplemented } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import { beginStack, beginUpdate, checkRest } from './begin-stack.ts';
import { clientsFor } from './clients.ts';
import { destroy } from './engine/life.ts';
import { tellStack } from './engine/tell.ts';
import type { Tools } from './engine/tools.ts';
import { invalid, noSuchStack } from './refusals.ts';
import type { Stack } from './stack.ts';
import { definitionIn, keyFor, saysTheSame } from './stack-definition.ts';
import { checkMembers, type StackRequest } from './stack-request.ts';

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
      checkRest(stack);
      const accessKeyId = keyFor(platform, request.RoleARN ?? stack.roleArn, call);
      const clients = clientsFor(platform, call.region, accessKeyId);
      const definition = await definitionIn(request, stack.definition, clients);
      if (saysTheSame(stack.definition, definition)) throw invalid('No updates are to be performed.');
      beginUpdate(stack, definition, accessKeyId, tools);
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
