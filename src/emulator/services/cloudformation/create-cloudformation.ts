import type { Platform } from '../../platform.ts';
import type { Access, Call, Service } from '../../service.ts';
import type { Organizations } from '../organizations/create-organizations.ts';
import { changeSetOperations } from './change-set-operations.ts';
import type { Tools } from './engine/tools.ts';
import { lookOperations } from './look-operations.ts';
import type { ResourceProvider } from './resources/resource-provider.ts';
import { resourceProviders } from './resources/resource-providers.ts';
import { createStackSets } from './stack-sets/create-stack-sets.ts';
import { stackOperations } from './stack-operations.ts';
import { createStackStore } from './stack-store.ts';

export interface CloudFormation {
  readonly service: Service;
}

/** CloudFormation: stacks of the resource types that are known here, made through the services' own operations. */
export function createCloudFormation(
  platform: Platform,
  { directory }: Pick<Organizations, 'directory'>,
): CloudFormation {
  const stacks = createStackStore();
  const providers = new Map<string, ResourceProvider>();
  const tools: Tools = { platform, stacks, providers };
  for (const provider of [...resourceProviders, createStackSets(tools, directory)])
    providers.set(provider.type, provider);
  const operations = { ...stackOperations(tools), ...changeSetOperations(tools), ...lookOperations(stacks) };
  return {
    service: {
      name: 'cloudformation',
      protocol: {
        kind: 'query',
        version: '2010-05-15',
        namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
      },
      operations,
      access: Object.fromEntries(Object.keys(operations).map((name) => [name, accessTo])),
    },
  };
}

/** Permission is asked on the stack that is named, whatever its id. */
function accessTo({ StackName }: { readonly StackName?: string }, { account, region }: Call): Access {
  if (StackName === undefined) return {};
  if (StackName.startsWith('arn:')) return { resource: StackName };
  return { resource: `arn:aws:cloudformation:${region}:${account}:stack/${StackName}/*` };
}
