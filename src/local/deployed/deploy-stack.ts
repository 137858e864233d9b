import { readFile } from 'node:fs/promises';
import type { Cloud } from '#emulator/cloud.ts';
import { textIn, type XmlElement } from '#emulator/services/s3/xml.ts';
import { callCloudFormation, itemsIn, type Place } from './call-cloudformation.ts';

/** A stack to be deployed in the local cloud. */
export interface StackToDeploy extends Place {
  readonly name: string;
  readonly templateFile: string;
  /** Where the template has been uploaded to, for those that are too long to be handed over. */
  readonly templateUrl: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

export class DeploymentFailed extends Error {
  override readonly name = 'DeploymentFailed';
  readonly stackName: string;
  readonly reasons: readonly string[];
  constructor(stack: string, status: string, reasons: readonly string[]) {
    super(`stack ${stack} was not deployed (${status}):\n${reasons.map((one) => `  ${one}`).join('\n')}`);
    this.stackName = stack;
    this.reasons = reasons;
  }
}

/** Begins to deploy a stack; answers what tells whether it is there, once time has passed. Throws CallRefused. */
export async function beginDeployment(cloud: Cloud, stack: StackToDeploy): Promise<() => Promise<void>> {
  const { name, templateFile, templateUrl, parameters } = stack;
  await callCloudFormation(cloud, stack, 'CreateStack', {
    StackName: name,
    ...(templateUrl === undefined
      ? { TemplateBody: await readFile(templateFile, 'utf8') }
      : { TemplateURL: templateUrl }),
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
  });
  return () => checkDeployment(cloud, stack);
}

/** Throws DeploymentFailed. */
async function checkDeployment(cloud: Cloud, stack: StackToDeploy): Promise<void> {
  const { name: StackName } = stack;
  const [described] = itemsIn(
    await callCloudFormation(cloud, stack, 'DescribeStacks', { StackName }),
    'Stacks',
  );
  const status = (described && textIn(described, 'StackStatus')) ?? '';
  if (status === 'CREATE_COMPLETE') return;
  const reasons = (await eventsOf(cloud, stack))
    .filter((event) => textIn(event, 'ResourceStatus')?.endsWith('_FAILED'))
    .map((event) => `${textIn(event, 'LogicalResourceId')}: ${textIn(event, 'ResourceStatusReason')}`);
  throw new DeploymentFailed(StackName, status, reasons.toReversed());
}

/** The newest first. */
async function eventsOf(cloud: Cloud, stack: StackToDeploy): Promise<readonly XmlElement[]> {
  const events: XmlElement[] = [];
  let NextToken: string | undefined;
  do {
    const page = await callCloudFormation(cloud, stack, 'DescribeStackEvents', {
      StackName: stack.name,
      NextToken,
    });
    events.push(...itemsIn(page, 'StackEvents'));
    NextToken = textIn(page, 'NextToken');
  } while (NextToken !== undefined);
  return events;
}
