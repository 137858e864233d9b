import {
  DescribeEventBusCommand,
  PutPermissionCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { isRecord } from '../template/members.ts';
import { unlessGone } from './gone.ts';
import { text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';

const shape = z.strictObject({
  EventBusName: text.optional(),
  StatementId: text,
  Statement: z.record(z.string(), z.unknown()),
});

/** AWS::Events::EventBusPolicy: one statement of the policy of a bus, beside those of others. */
export const eventsBusPolicy = defineResource({
  type: 'AWS::Events::EventBusPolicy',
  shape,
  async create(policy, site) {
    await put(policy, site);
    const id = `${policy.EventBusName ?? 'default'}|${policy.StatementId}`;
    return { physicalId: id, reference: id, attributes: {} };
  },
  async update({ resource, former, properties: policy }, site) {
    if (policy.EventBusName !== former.EventBusName || policy.StatementId !== former.StatementId)
      return undefined;
    await put(policy, site);
    return resource;
  },
  remove: (_, { EventBusName, StatementId }, { clients: { events } }) =>
    unlessGone(events.send(new RemovePermissionCommand({ EventBusName, StatementId }))),
});

/** The API takes a statement of any shape only as part of the whole policy. */
async function put({ EventBusName, StatementId, Statement }: z.infer<typeof shape>, { clients }: Site) {
  const bus = await clients.events.send(new DescribeEventBusCommand({ Name: EventBusName }));
  const others = statementsIn(bus.Policy).filter(({ Sid }) => Sid !== StatementId);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [...others, { Sid: StatementId, ...Statement }],
  });
  await clients.events.send(new PutPermissionCommand({ EventBusName, Policy }));
}

function statementsIn(policy = '{}'): readonly Readonly<Record<string, unknown>>[] {
  const document: unknown = JSON.parse(policy);
  const statements: unknown = isRecord(document) ? document['Statement'] : undefined;
  return Array.isArray(statements) ? statements.filter(isRecord) : [];
}
