import { accountId, type AccountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { openCloud } from '#emulator/cloud.ts';
import { textIn, type XmlElement } from '#emulator/services/s3/xml.ts';
import { clientsOf } from '#local/account-clients.ts';
import { callCloudFormation, itemsIn, type QueryValue } from '#local/deployed/call-cloudformation.ts';

export const management = accountId('111111111111');
export const automation = accountId('222222222222');
export const alice = accountId('333333333333');
export const region = 'eu-west-1';
export const opensAt = Date.parse('2026-11-22T12:00:00Z');

type Resources = Readonly<Record<string, unknown>>;

/** A cloud of three accounts, Alice's in a unit, in which stacks are made. */
export function openStackCloud() {
  const clock = createClock(opensAt);
  const member = (id: AccountId, parent: string) => ({
    id,
    name: id,
    email: `${id}@example.com`,
    parent,
    state: 'ACTIVE' as const,
    tags: {},
  });
  const cloud = openCloud({
    clock,
    automationAccount: automation,
    organization: {
      seed: {
        id: 'o-a1b2c3d4e5',
        root: 'r-ab12',
        managementAccount: management,
        units: [
          { id: 'ou-alpha', name: 'Alpha', parent: 'r-ab12' },
          { id: 'ou-nested', name: 'Nested', parent: 'ou-alpha' },
          { id: 'ou-other', name: 'Other', parent: 'r-ab12' },
        ],
        accounts: [member(management, 'r-ab12'), member(automation, 'r-ab12'), member(alice, 'ou-nested')],
      },
    },
    builds: { behaviour: async () => ({ status: 'SUCCEEDED' }) },
  });

  const call = (
    operation: string,
    input: { readonly [name: string]: QueryValue | undefined },
    account: AccountId = automation,
    inRegion = region,
  ) => callCloudFormation(cloud, { account, region: inRegion }, operation, input);

  async function describeStack(StackName: string, account = automation) {
    const [stack] = itemsIn(await call('DescribeStacks', { StackName }, account), 'Stacks');
    return {
      status: textOf(stack, 'StackStatus'),
      reason: textOf(stack, 'StackStatusReason'),
      outputs: Object.fromEntries(
        itemsIn(stack, 'Outputs').map((output) => [
          textOf(output, 'OutputKey') ?? '',
          textOf(output, 'OutputValue'),
        ]),
      ),
    };
  }

  async function eventsOf(StackName: string, account = automation) {
    return itemsIn(await call('DescribeStackEvents', { StackName }, account), 'StackEvents').toReversed();
  }

  /** Waits until the stack has come to an end, and tells how, and which resources have failed. */
  async function settled(StackName: string, account = automation) {
    await clock.runUntilIdle();
    const failed = (await eventsOf(StackName, account)).filter((event) =>
      textOf(event, 'ResourceStatus')?.endsWith('_FAILED'),
    );
    const faults = failed.map(
      (event) => `${textOf(event, 'LogicalResourceId')}: ${textOf(event, 'ResourceStatusReason')}`,
    );
    return { ...(await describeStack(StackName, account)), faults };
  }

  return {
    cloud,
    clock,
    call,
    settled,
    describeStack,
    clients: (account: AccountId = automation, inRegion = region) => clientsOf(cloud, account, inRegion),
    /** Makes a stack of a template and waits for its end. */
    async create(
      template: Template,
      more: { readonly [name: string]: QueryValue } = {},
      account = automation,
    ) {
      await call('CreateStack', request(template, more), account);
      return settled('Stack', account);
    },
    async update(template: Template, more: { readonly [name: string]: QueryValue } = {}) {
      await call('UpdateStack', request(template, more));
      return settled('Stack');
    },
    async remove() {
      const [stack] = itemsIn(await call('DescribeStacks', { StackName: 'Stack' }), 'Stacks');
      await call('DeleteStack', { StackName: 'Stack' });
      return settled(textOf(stack, 'StackId') ?? '');
    },
    /** What happened to a resource: its statuses, in order. */
    async historyOf(logicalId: string) {
      return (await eventsOf('Stack'))
        .filter((event) => textOf(event, 'LogicalResourceId') === logicalId)
        .map((event) => textOf(event, 'ResourceStatus'));
    },
  };
}

export interface Template {
  readonly Resources: Resources;
  readonly [section: string]: unknown;
}

const request = (template: Template, more: { readonly [name: string]: QueryValue }) => ({
  StackName: 'Stack',
  TemplateBody: JSON.stringify(template),
  Capabilities: ['CAPABILITY_NAMED_IAM'],
  ...more,
});

export const textOf = (element: XmlElement | undefined, name: string) => element && textIn(element, name);

/** A queue with properties of its own. */
export const aQueue = (properties: Resources = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });

export const aParameter = (name: string, value: unknown, others: Resources = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: name, Type: 'String', Value: value },
  ...others,
});
