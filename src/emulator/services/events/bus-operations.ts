import type {
  CreateEventBusRequest,
  CreateEventBusResponse,
  DeleteEventBusRequest,
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  EventBus as ListedBus,
  ListEventBusesRequest,
  ListEventBusesResponse,
  PutPermissionRequest,
  RemovePermissionRequest,
} from '@aws-sdk/client-eventbridge';
import { AwsError, notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Call } from '../../service.ts';
import { withoutStatement, withStatement } from './bus-policy.ts';
import type { EventBus, EventBusStore } from './event-buses.ts';
import { invalid, invalidToken } from './events-refusals.ts';

const mostOnAPage = 100;

/** Buses beside the default one, and who else may put events on them. */
export function busOperations(buses: EventBusStore) {
  return {
    CreateEventBus(input: CreateEventBusRequest, call: Call): CreateEventBusResponse {
      const { Name: name = '', Description, Tags = [], ...others } = input;
      const [unknown] = Object.keys(others);
      if (unknown) throw notImplemented('events', `the member ${unknown} of CreateEventBus`);
      if (!/^[.\-_A-Za-z0-9]{1,256}$/.test(name)) throw invalid(`Event bus name '${name}' is not valid.`);
      if (buses.find(call, name))
        throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
      const bus = buses.create(call, name, Description);
      for (const { Key = '', Value = '' } of Tags) bus.tags.set(Key, Value);
      return { EventBusArn: bus.arn, Description };
    },
    DeleteEventBus({ Name = '' }: DeleteEventBusRequest, call: Call) {
      if (Name === 'default') throw invalid('Cannot delete event bus default.');
      const bus = buses.find(call, Name);
      if (!bus) return;
      if (bus.rules().length > 0) throw invalid("Event bus can't be deleted since it has rules.");
      buses.remove(bus);
    },
    DescribeEventBus({ Name }: DescribeEventBusRequest, call: Call): DescribeEventBusResponse {
      return describe(buses.get(call, Name));
    },
    ListEventBuses(input: ListEventBusesRequest, call: Call): ListEventBusesResponse {
      const { NamePrefix: prefix = '', NextToken, Limit = mostOnAPage } = input;
      const chosen = buses.list(call).filter((bus) => bus.name.startsWith(prefix));
      const page = pageOf(chosen, NextToken, Limit, invalidToken);
      return { EventBuses: page.items.map(describe), NextToken: page.next };
    },
    PutPermission(input: PutPermissionRequest, call: Call) {
      const bus = buses.get(call, input.EventBusName);
      bus.policy = withStatement(bus, input);
    },
    RemovePermission(input: RemovePermissionRequest, call: Call) {
      const bus = buses.get(call, input.EventBusName);
      bus.policy = input.RemoveAllPermissions ? undefined : withoutStatement(bus, input.StatementId);
    },
  };
}

function describe(bus: EventBus): ListedBus {
  return {
    Name: bus.name,
    Arn: bus.arn,
    Description: bus.description,
    Policy: bus.policy,
    CreationTime: new Date(bus.createdAt),
    LastModifiedTime: new Date(bus.createdAt),
  };
}
