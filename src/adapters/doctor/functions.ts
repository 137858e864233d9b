import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  paginateListEventSourceMappings,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import type { DeployedFunction } from '#domain/doctor/functions.ts';
import type { FunctionAnswer } from '#domain/doctor/management-role.ts';
import { member } from '#events/shape.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import { askFunction } from '../aws/ask-function.ts';
import { atATime } from './at-a-time.ts';

const functionsAtATime = 8;
const mostPages = 20;

/** Functions of these names, those that are there. One call each, since lists of functions do not tell their state. */
export async function deployedFunctions(
  access: AwsAccess,
  names: readonly string[],
): Promise<readonly DeployedFunction[]> {
  const client = new LambdaClient(clientConfig(access));
  const found = await atATime(functionsAtATime, names, (name) => deployedFunction(client, name));
  return found.flatMap((one) => one ?? []);
}

async function deployedFunction(client: LambdaClient, name: string): Promise<DeployedFunction | undefined> {
  try {
    const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    return {
      name,
      state: found.State,
      lastUpdate: found.LastUpdateStatus,
      roleArn: found.Role,
      variables: found.Environment?.Variables ?? {},
    };
  } catch (fault) {
    if (fault instanceof ResourceNotFoundException) return undefined;
    throw fault;
  }
}

/** Names of the functions that queues feed now. One call a hundred mappings of the account, 20 at most. */
export async function fedFunctions(access: AwsAccess): Promise<readonly string[]> {
  const client = new LambdaClient(clientConfig(access));
  const found: string[] = [];
  let pages = 0;
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings(
    { client, pageSize: 100 },
    {},
  )) {
    const working = EventSourceMappings.filter(({ State = '' }) => !State.startsWith('Disabl'));
    found.push(...working.map(({ FunctionArn = '' }) => FunctionArn.split(':')[6] ?? ''));
    pages += 1;
    if (pages === mostPages) break;
  }
  return found;
}

/** Has a function list accounts through the management role, which nobody else may be let to take. One call. */
export async function askForAccounts(access: AwsAccess, functionName: string): Promise<FunctionAnswer> {
  const asked = await askFunction(access, functionName);
  if ('fault' in asked) return asked;
  const accounts = member(asked.answer, 'accounts');
  return typeof accounts === 'number'
    ? { accounts }
    : { fault: 'it has answered nothing that is understood' };
}
