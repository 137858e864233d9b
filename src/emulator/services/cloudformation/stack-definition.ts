import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import type { Clients } from './clients.ts';
import { invalid } from './refusals.ts';
import type { StackDefinition } from './stack.ts';
import { listOf, templateIn, type StackRequest } from './stack-request.ts';
import { isSame } from './template/members.ts';
import { parameterValues } from './template/parameters.ts';
import { documentIn } from './template/template.ts';

/** By whose right a stack acts: the caller's, or that of the role which is passed to it. */
export function keyFor({ identity }: Platform, role: string | undefined, call: Call): string {
  if (role === undefined)
    return /Credential=([^/,\s]+)/.exec(call.http.headers['authorization'] ?? '')?.[1] ?? '';
  const service = 'cloudformation.amazonaws.com';
  const context = { 'iam:PassedToService': service };
  identity.authorize(call.caller, { action: 'iam:PassRole', resource: role, context });
  const lifetime = { seconds: 12 * 3600, clock: 'simulated' } as const;
  return identity.assume(role, 'AWSCloudFormation', { service, account: call.account }, lifetime).accessKeyId;
}

/** What a stack is asked to be; what a request leaves out stays as it was. Throws ValidationError. */
export async function definitionIn(
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

/** Whether two definitions make the same stack, however they are written. */
export function saysTheSame(one: StackDefinition, other: StackDefinition): boolean {
  const values = ({ parameters }: StackDefinition) =>
    Object.fromEntries([...parameters].map(([name, { value }]) => [name, value]));
  const written = ({ template }: StackDefinition) => documentIn(template.text);
  return (
    isSame(written(one), written(other)) && isSame(values(one), values(other)) && isSame(one.tags, other.tags)
  );
}
