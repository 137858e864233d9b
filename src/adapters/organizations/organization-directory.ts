import {
  AccountNotFoundException,
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  ListTagsForResourceCommand,
  OrganizationalUnitNotFoundException,
  OrganizationsClient,
  paginateListAccounts,
  TagResourceCommand,
  TargetNotFoundException,
  UntagResourceCommand,
  type Account as AwsAccount,
  type OrganizationalUnit,
} from '@aws-sdk/client-organizations';
import {
  GetResourcesCommand,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import {
  accountFrom,
  accountId,
  isAccountState,
  stateTag,
  type AccountAttributes,
  type AccountId,
} from '#domain/account.ts';
import type { AccountDirectory } from '#ports/account-directory.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import type { Sessions } from '../aws/sessions.ts';

/** Organizations and the index of its tags answer in this region only. */
const homeRegion = 'us-east-1';

/** Units are seldom renamed, and two may be read in a second: shadows of many accounts ask for the same few. */
const namesFreshForMilliseconds = 10 * 60_000;

type Tags = Readonly<Record<string, string>>;

/** The accounts as AWS Organizations knows them, reached through the role in the management account. */
export function createOrganizationDirectory(sessions: Sessions, tagPrefix: string): AccountDirectory {
  const clients = new WeakMap<
    AwsAccess,
    { organizations: OrganizationsClient; tagging: ResourceGroupsTaggingAPIClient }
  >();

  const unitNames = new Map<string, { readonly name: string | undefined; readonly until: number }>();

  async function connect() {
    const access = await sessions.management();
    const config = clientConfig(access, homeRegion);
    const known = clients.get(access) ?? {
      organizations: new OrganizationsClient(config),
      tagging: new ResourceGroupsTaggingAPIClient(config),
    };
    clients.set(access, known);
    return known;
  }

  async function* tagged(filters: { readonly key: string; readonly values: readonly string[] }[]) {
    const { tagging } = await connect();
    const pages = paginateGetResources(
      { client: tagging, pageSize: 100 },
      {
        ResourceTypeFilters: ['organizations:account'],
        TagFilters: filters.map(({ key, values }) => ({ Key: key, Values: [...values] })),
      },
    );
    for await (const page of pages) yield* page.ResourceTagMappingList ?? [];
  }

  /** Undefined when the organization does not know the account. */
  async function describe(id: AccountId): Promise<AccountAttributes | undefined> {
    const { organizations } = await connect();
    try {
      const { Account } = await organizations.send(new DescribeAccountCommand({ AccountId: id }));
      return Account && attributesOf(Account);
    } catch (fault) {
      if (fault instanceof AccountNotFoundException) return undefined;
      throw fault;
    }
  }

  async function listAttributes(): Promise<readonly AccountAttributes[]> {
    const { organizations } = await connect();
    const found: AccountAttributes[] = [];
    for await (const page of paginateListAccounts({ client: organizations }, {})) {
      found.push(...(page.Accounts ?? []).map(attributesOf));
    }
    return found;
  }

  async function listTags(): Promise<ReadonlyMap<string, Tags>> {
    const found = new Map<string, Tags>();
    for await (const { ResourceARN = '', Tags } of tagged([]))
      found.set(numberIn(ResourceARN), tagsFrom(Tags));
    return found;
  }

  /** Undefined when the organization has no such unit any more. */
  async function describeUnit(id: string): Promise<OrganizationalUnit | undefined> {
    const { organizations } = await connect();
    try {
      const command = new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id });
      return (await organizations.send(command)).OrganizationalUnit;
    } catch (fault) {
      if (fault instanceof OrganizationalUnitNotFoundException) return undefined;
      throw fault;
    }
  }

  async function nameOfUnit(id: string): Promise<string | undefined> {
    const { clock } = await sessions.management();
    const now = clock.now().getTime();
    const known = unitNames.get(id);
    if (known && now < known.until) return known.name;
    const name = (await describeUnit(id))?.Name;
    unitNames.set(id, { name, until: now + namesFreshForMilliseconds });
    return name;
  }

  return {
    async find(id) {
      const { organizations } = await connect();
      try {
        const [{ Account }, { Tags }] = await Promise.all([
          organizations.send(new DescribeAccountCommand({ AccountId: id })),
          organizations.send(new ListTagsForResourceCommand({ ResourceId: id })),
        ]);
        return Account && accountFrom(attributesOf(Account), tagsFrom(Tags), tagPrefix);
      } catch (fault) {
        if (fault instanceof AccountNotFoundException || fault instanceof TargetNotFoundException)
          return undefined;
        throw fault;
      }
    },

    async glance(id) {
      const account = await describe(id);
      if (!account) return undefined;
      const { tagging } = await connect();
      const { ResourceTagMappingList: [indexed] = [] } = await tagging.send(
        new GetResourcesCommand({ ResourceARNList: [account.arn] }),
      );
      return accountFrom(account, tagsFrom(indexed?.Tags), tagPrefix);
    },

    nameOf: async (id) => (await describe(id))?.name,

    async stateOf(id) {
      const { organizations } = await connect();
      try {
        const { Tags } = await organizations.send(new ListTagsForResourceCommand({ ResourceId: id }));
        const state = tagsFrom(Tags)[stateTag(tagPrefix)];
        return isAccountState(state) ? state : undefined;
      } catch (fault) {
        if (fault instanceof TargetNotFoundException) return undefined;
        throw fault;
      }
    },

    async list() {
      const [attributes, tags] = await Promise.all([listAttributes(), listTags()]);
      return attributes.map((account) => accountFrom(account, tags.get(account.id) ?? {}, tagPrefix));
    },

    async listByState(states) {
      const found = [];
      for await (const { ResourceARN = '' } of tagged([{ key: stateTag(tagPrefix), values: states }])) {
        found.push(accountId(numberIn(ResourceARN)));
      }
      return found;
    },

    async pathOf(parent) {
      if (!parent.startsWith('ou-')) return [];
      const unit = await describeUnit(parent);
      return unit ? unitsIn(unit.Path) : [parent];
    },

    async unitNames(units) {
      const names = new Map<string, string>();
      for (const unit of new Set(units)) {
        const name = await nameOfUnit(unit);
        if (name !== undefined) names.set(unit, name);
      }
      return names;
    },

    async tag(id, tags) {
      const { organizations } = await connect();
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await organizations.send(new TagResourceCommand({ ResourceId: id, Tags }));
    },

    async untag(id, keys) {
      const { organizations } = await connect();
      await organizations.send(new UntagResourceCommand({ ResourceId: id, TagKeys: [...keys] }));
    },
  };
}

/** `State` has replaced `Status`, which AWS retired in September 2026 and older endpoints still give. */
function attributesOf(account: AwsAccount): AccountAttributes {
  return {
    id: accountId(account.Id),
    arn: account.Arn ?? '',
    name: account.Name ?? '',
    email: account.Email ?? '',
    isActive: (account.State ?? account.Status) === 'ACTIVE',
    path: unitsIn(account.Paths?.[0]),
  };
}

/** Units in a path such as `o-exampleorgid/r-root/ou-top/ou-below/123456789012/`. */
const unitsIn = (path = ''): readonly string[] => path.split('/').filter((part) => part.startsWith('ou-'));

const numberIn = (arn: string) => arn.split('/').at(-1) ?? '';

function tagsFrom(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = []): Tags {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
