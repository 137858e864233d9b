import { pageOf } from '../../pages.ts';
import type { Call } from '../../service.ts';
import { invalid, noSuchStack } from './refusals.ts';
import type { ResourceState, Stack, StackEvent } from './stack.ts';
import type { StackStore } from './stack-store.ts';
import { listOf } from './stack-request.ts';
import { readTemplate, type Template } from './template/template.ts';

interface Named {
  readonly StackName?: string;
  readonly NextToken?: string;
}

const mostOnAPage = 100;
const invalidToken = invalid('NextToken is not valid');

/** What people see of stacks. */
export function lookOperations(stacks: StackStore) {
  function named(name = '', call: Call): Stack {
    const stack = stacks.find(call, name);
    if (!stack) throw noSuchStack(name);
    return stack;
  }

  const page = <T>(all: readonly T[], token: string | undefined) => {
    const { items, next } = pageOf(all, token, mostOnAPage, invalidToken);
    return [items, { NextToken: next }] as const;
  };

  return {
    DescribeStacks({ StackName, NextToken }: Named, call: Call) {
      if (StackName !== undefined) return { Stacks: [describe(named(StackName, call))] };
      const living = stacks.list(call).filter(({ status }) => status !== 'DELETE_COMPLETE');
      const [items, rest] = page(living, NextToken);
      return { Stacks: items.map(describe), ...rest };
    },
    ListStacks(input: Pick<Named, 'NextToken'> & { StackStatusFilter?: readonly string[] }, call: Call) {
      const wanted = listOf(input.StackStatusFilter);
      const found = stacks.list(call).filter(({ status }) => wanted.length === 0 || wanted.includes(status));
      const [items, rest] = page(found, input.NextToken);
      return { StackSummaries: items.map(summaryOf), ...rest };
    },
    DescribeStackResources(
      { StackName, LogicalResourceId: id }: Named & { LogicalResourceId?: string },
      call: Call,
    ) {
      const stack = named(StackName, call);
      const states = [...stack.states.values()].filter(({ logicalId }) => logicalId === (id ?? logicalId));
      if (states.length === 0 && id !== undefined)
        throw invalid(`Resource ${id} does not exist for stack ${stack.name}`);
      const resources = states.slice(0, mostOnAPage).map((state) => ({
        ...ofStack(stack),
        ...resourceOf(state),
        Timestamp: new Date(state.changedAt),
      }));
      return { StackResources: resources };
    },
    ListStackResources({ StackName, NextToken }: Named, call: Call) {
      const [items, rest] = page([...named(StackName, call).states.values()], NextToken);
      const summaries = items.map((state) => ({
        ...resourceOf(state),
        LastUpdatedTimestamp: new Date(state.changedAt),
      }));
      return { StackResourceSummaries: summaries, ...rest };
    },
    DescribeStackEvents({ StackName, NextToken }: Named, call: Call) {
      const stack = named(StackName, call);
      const [items, rest] = page(stack.events.toReversed(), NextToken);
      return { StackEvents: items.map((event) => ({ ...ofStack(stack), ...eventOf(event) })), ...rest };
    },
    GetTemplate({ StackName }: Named, call: Call) {
      const { text } = named(StackName, call).definition.template;
      return { TemplateBody: text, StagesAvailable: ['Original', 'Processed'] };
    },
    GetTemplateSummary({ StackName, TemplateBody }: Named & { TemplateBody?: string }, call: Call) {
      const given = TemplateBody === undefined ? undefined : readTemplate(TemplateBody);
      return summaryOfTemplate(given ?? named(StackName, call).definition.template);
    },
    ListExports({ NextToken }: Named, call: Call) {
      const [items, rest] = page([...stacks.exports(call)], NextToken);
      const exports = items.map(([Name, { stack, output }]) => ({
        ExportingStackId: stack.id,
        Name,
        Value: output.value,
      }));
      return { Exports: exports, ...rest };
    },
  };
}

const summaryOfTemplate = ({ description, parameters, resources }: Template) => ({
  Description: description,
  ResourceTypes: [...new Set(Object.values(resources).map(({ type }) => type))],
  Parameters: Object.entries(parameters).map(([ParameterKey, { Type, Default, Description, NoEcho }]) => ({
    ParameterKey,
    ParameterType: Type,
    DefaultValue: Default,
    Description,
    NoEcho: String(NoEcho) === 'true',
  })),
});

const ofStack = ({ id, name }: Stack) => ({ StackId: id, StackName: name });

const resourceOf = ({ logicalId, physicalId, type, status, reason }: ResourceState) => ({
  LogicalResourceId: logicalId,
  PhysicalResourceId: physicalId === '' ? undefined : physicalId,
  ResourceType: type,
  ResourceStatus: status,
  ResourceStatusReason: reason,
  DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
});

const eventOf = ({ id, logicalId, physicalId, type, status, reason, time }: StackEvent) => ({
  EventId: id,
  LogicalResourceId: logicalId,
  PhysicalResourceId: physicalId,
  ResourceType: type,
  Timestamp: new Date(time),
  ResourceStatus: status,
  ResourceStatusReason: reason,
});

const timeOf = (time: number | undefined) => (time === undefined ? undefined : new Date(time));

const summaryOf = (stack: Stack) => ({
  ...ofStack(stack),
  TemplateDescription: stack.definition.template.description,
  CreationTime: new Date(stack.createdAt),
  LastUpdatedTime: timeOf(stack.updatedAt),
  DeletionTime: timeOf(stack.deletedAt),
  StackStatus: stack.status,
  StackStatusReason: stack.reason,
  DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
});

function describe(stack: Stack) {
  const { TemplateDescription: Description, ...summary } = summaryOf(stack);
  const { parameters, capabilities, tags } = stack.definition;
  return {
    ...summary,
    Description,
    Parameters: [...parameters].map(([ParameterKey, { written, isHidden }]) => ({
      ParameterKey,
      ParameterValue: isHidden ? '****' : written,
    })),
    DisableRollback: stack.disableRollback,
    NotificationARNs: [],
    Capabilities: capabilities,
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    RoleARN: stack.roleArn,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    EnableTerminationProtection: stack.isProtected,
  };
}
