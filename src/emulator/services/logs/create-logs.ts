import { AwsError, notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Access, Call, Service } from '../../service.ts';

export interface Logs {
  readonly service: Service;
}

interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  retentionInDays: number | undefined;
}

interface Input {
  readonly logGroupName?: string;
  readonly logGroupNamePrefix?: string;
  readonly retentionInDays?: number;
  readonly resourceArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly tagKeys?: readonly string[];
  readonly nextToken?: string;
  readonly limit?: number;
}

const retentions = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);
const mostOnAPage = 50;

/** CloudWatch Logs, as far as stacks go: groups with their retention and tags. Nothing is kept in them. */
export function createLogs({ clock }: Pick<Platform, 'clock'>): Logs {
  const places = new Map<string, Map<string, LogGroup>>();

  function groupsOf({ account, region }: Call): Map<string, LogGroup> {
    const groups = places.get(`${account} ${region}`) ?? new Map<string, LogGroup>();
    places.set(`${account} ${region}`, groups);
    return groups;
  }

  function named(name: string | undefined, call: Call): LogGroup {
    const group = groupsOf(call).get(name ?? '');
    if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  const tagged = ({ resourceArn = '' }: Input, call: Call) => named(nameIn(resourceArn), call);

  return {
    service: {
      name: 'logs',
      protocol: { kind: 'json', version: '1.1', target: 'Logs_20140328' },
      operations: {
        CreateLogGroup(input: Input, call: Call) {
          const { logGroupName: name = '', tags = {}, ...others } = input;
          const [unknown] = Object.keys(others);
          if (unknown) throw notImplemented('logs', `CreateLogGroup with ${unknown}`);
          if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) throw invalid('logGroupName', name);
          if (groupsOf(call).has(name))
            throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
          const group = { name, createdAt: clock.now(), tags: new Map(Object.entries(tags)) };
          groupsOf(call).set(name, { ...group, retentionInDays: undefined });
          return {};
        },
        DeleteLogGroup({ logGroupName }: Input, call: Call) {
          groupsOf(call).delete(named(logGroupName, call).name);
          return {};
        },
        DescribeLogGroups(input: Input, call: Call) {
          const { logGroupNamePrefix: prefix = '', nextToken, limit = mostOnAPage } = input;
          const found = [...groupsOf(call).values()].filter(({ name }) => name.startsWith(prefix));
          const sorted = found.sort((a, b) => (a.name < b.name ? -1 : 1));
          const invalidToken = new AwsError(
            'InvalidParameterException',
            'The specified nextToken is invalid.',
          );
          const { items, next } = pageOf(sorted, nextToken, Math.min(limit, mostOnAPage), invalidToken);
          return { logGroups: items.map((group) => describe(group, call)), nextToken: next };
        },
        PutRetentionPolicy({ logGroupName, retentionInDays: days = 0 }: Input, call: Call) {
          const group = named(logGroupName, call);
          if (!retentions.has(days)) throw invalid('retentionInDays', days);
          group.retentionInDays = days;
          return {};
        },
        DeleteRetentionPolicy({ logGroupName }: Input, call: Call) {
          named(logGroupName, call).retentionInDays = undefined;
          return {};
        },
        TagResource(input: Input, call: Call) {
          const { tags } = tagged(input, call);
          for (const [key, value] of Object.entries(input.tags ?? {})) tags.set(key, value);
          return {};
        },
        UntagResource(input: Input, call: Call) {
          const { tags } = tagged(input, call);
          for (const key of input.tagKeys ?? []) tags.delete(key);
          return {};
        },
        ListTagsForResource: (input: Input, call: Call) => ({
          tags: Object.fromEntries(tagged(input, call).tags),
        }),
      },
      access: Object.fromEntries(onGroups.map((operation) => [operation, accessTo])),
    },
  };
}

const onGroups = [
  'CreateLogGroup',
  'DeleteLogGroup',
  'DescribeLogGroups',
  'PutRetentionPolicy',
  'DeleteRetentionPolicy',
  'TagResource',
  'UntagResource',
  'ListTagsForResource',
];

const groupArn = ({ account, region }: Call, name: string) =>
  `arn:aws:logs:${region}:${account}:log-group:${name}`;

const nameIn = (arn: string) => arn.split(':').slice(6).join(':').replace(/:\*$/, '');

/** Policies name a group with `:*` behind it; lists are on all groups. */
function accessTo({ logGroupName, resourceArn }: Input, call: Call): Access {
  const name = logGroupName ?? (resourceArn === undefined ? '*' : nameIn(resourceArn));
  return { resource: name === '*' ? groupArn(call, '*') : `${groupArn(call, name)}:*` };
}

function describe({ name, createdAt, retentionInDays }: LogGroup, call: Call) {
  return {
    logGroupName: name,
    creationTime: createdAt,
    retentionInDays,
    metricFilterCount: 0,
    arn: `${groupArn(call, name)}:*`,
    logGroupArn: groupArn(call, name),
    storedBytes: 0,
    logGroupClass: 'STANDARD',
  };
}

function invalid(member: string, value: unknown): AwsError {
  return new AwsError(
    'InvalidParameterException',
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint`,
  );
}
