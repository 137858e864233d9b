import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import { beginCreation, beginUpdate, checkDefinition, checkRest, reserveStack } from './begin-stack.ts';
import { clientsFor } from './clients.ts';
import { tellStack } from './engine/tell.ts';
import type { Tools } from './engine/tools.ts';
import { invalid } from './refusals.ts';
import type { Stack, StackDefinition } from './stack.ts';
import { definitionIn, keyFor, saysTheSame } from './stack-definition.ts';
import { checkMembers, type StackRequest } from './stack-request.ts';
import { isSame } from './template/members.ts';

/** What a stack would become, until somebody wants it so. */
interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stack: Stack;
  readonly definition: StackDefinition;
  readonly description: string | undefined;
  readonly createdAt: number;
  /** Undefined where there is nothing to change. */
  readonly changes: readonly Change[] | undefined;
  isExecuted: boolean;
}

interface Change {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
}

interface Asked extends StackRequest {
  readonly ChangeSetName?: string;
  readonly ChangeSetType?: string;
  readonly Description?: string;
}

const withoutChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** Change sets: made at once, and carried out as stacks are created and updated. */
export function changeSetOperations(tools: Tools) {
  const { platform, stacks } = tools;
  const changeSets = new Map<string, ChangeSet>();

  function find({ ChangeSetName: nameOrId = '', StackName = '' }: Asked, call: Call): ChangeSet {
    const stack = stacks.find(call, StackName);
    const found =
      changeSets.get(nameOrId) ??
      changeSets.values().find((one) => one.name === nameOrId && one.stack === stack);
    if (found && found.stack.account === call.account && found.stack.region === call.region) return found;
    throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
  }

  function stackFor(name: string, type: string, call: Call): Stack | undefined {
    const stack = stacks.find(call, name);
    if (type === 'CREATE') {
      if (stack && stack.status !== 'REVIEW_IN_PROGRESS')
        throw invalid(`Stack [${name}] already exists and cannot be created again with a change set.`);
      return stack;
    }
    if (type !== 'UPDATE') throw notImplemented('cloudformation', `change sets of type ${type}`);
    if (!stack) throw invalid(`Stack [${name}] does not exist`);
    checkRest(stack);
    return stack;
  }

  return {
    async CreateChangeSet(
      { ChangeSetName: name = '', ChangeSetType, Description: description, ...request }: Asked,
      call: Call,
    ) {
      checkMembers('CreateChangeSet', request);
      if (request.RoleARN !== undefined) throw notImplemented('cloudformation', 'change sets with RoleARN');
      if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) throw invalid(`'${name}' names no change set`);
      const accessKeyId = keyFor(platform, undefined, call);
      const former = stackFor(request.StackName ?? '', ChangeSetType || 'UPDATE', call);
      const clients = clientsFor(platform, call.region, accessKeyId);
      const definition = await definitionIn(request, former?.definition, clients);
      if (former) checkDefinition(former, definition, tools);
      const stack = former ?? review({ name: request.StackName ?? '', place: call, definition, accessKeyId });
      const id = `arn:aws:cloudformation:${call.region}:${call.account}:changeSet/${name}/${platform.nextId()}`;
      const changes = changesFor(stack, definition);
      const createdAt = platform.clock.now();
      const proposal = { id, name, stack, definition, description, createdAt, changes };
      changeSets.set(id, { ...proposal, isExecuted: false });
      return { Id: id, StackId: stack.id };
    },

    DescribeChangeSet: (asked: Asked, call: Call) => describe(find(asked, call)),

    ExecuteChangeSet(asked: Asked, call: Call) {
      const changeSet = find(asked, call);
      const { stack, definition, changes, id, isExecuted } = changeSet;
      if (String(asked.DisableRollback) === 'true')
        throw notImplemented('cloudformation', 'ExecuteChangeSet with DisableRollback');
      if (changes === undefined || isExecuted)
        throw new AwsError(
          'InvalidChangeSetStatus',
          `ChangeSet [${id}] cannot be executed in its current status of [${statusOf(changeSet).Status}]`,
        );
      const accessKeyId = keyFor(platform, stack.roleArn, call);
      if (stack.status === 'REVIEW_IN_PROGRESS') {
        Object.assign(stack, { definition, accessKeyId });
        beginCreation(stack, tools);
      } else {
        checkRest(stack);
        beginUpdate(stack, definition, accessKeyId, tools);
      }
      changeSet.isExecuted = true;
      // Others were made for the stack as it was.
      for (const other of changeSets.values())
        if (other.stack === stack && other !== changeSet) changeSets.delete(other.id);
      return {};
    },

    DeleteChangeSet(asked: Asked, call: Call) {
      changeSets.delete(find(asked, call).id);
      return {};
    },
  };

  function review(wanted: Parameters<typeof reserveStack>[0]): Stack {
    const stack = reserveStack(wanted, tools);
    tellStack(platform, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
    return stack;
  }
}

/** Undefined where the stack is like that already. */
function changesFor(stack: Stack, to: StackDefinition): readonly Change[] | undefined {
  const isNew = stack.status === 'REVIEW_IN_PROGRESS';
  if (!isNew && saysTheSame(stack.definition, to)) return undefined;
  const former = isNew ? {} : stack.definition.template.resources;
  const wanted = to.template.resources;
  const removed = Object.entries(former).filter(([id]) => wanted[id] === undefined);
  return [
    ...Object.entries(wanted).flatMap(([logicalId, { type, properties }]): readonly Change[] => {
      const before = former[logicalId];
      if (before === undefined) return [{ action: 'Add', logicalId, type }];
      return isSame(before.properties, properties) ? [] : [{ action: 'Modify', logicalId, type }];
    }),
    ...removed.map(([logicalId, { type }]): Change => ({ action: 'Remove', logicalId, type })),
  ];
}

function statusOf({ changes, isExecuted }: ChangeSet) {
  if (changes === undefined)
    return { Status: 'FAILED', StatusReason: withoutChanges, ExecutionStatus: 'UNAVAILABLE' };
  return { Status: 'CREATE_COMPLETE', ExecutionStatus: isExecuted ? 'EXECUTE_COMPLETE' : 'AVAILABLE' };
}

function describe(changeSet: ChangeSet) {
  const { id, name, stack, definition, description, createdAt, changes = [] } = changeSet;
  return {
    ChangeSetName: name,
    ChangeSetId: id,
    StackId: stack.id,
    StackName: stack.name,
    Description: description,
    CreationTime: new Date(createdAt),
    ...statusOf(changeSet),
    Parameters: [...definition.parameters].map(([ParameterKey, { written, isHidden }]) => ({
      ParameterKey,
      ParameterValue: isHidden ? '****' : written,
    })),
    Capabilities: definition.capabilities,
    Tags: Object.entries(definition.tags).map(([Key, Value]) => ({ Key, Value })),
    Changes: changes.map(({ action, logicalId, type }) => ({
      Type: 'Resource',
      ResourceChange: { Action: action, LogicalResourceId: logicalId, ResourceType: type },
    })),
  };
}
