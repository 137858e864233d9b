import { describe, expect, it } from 'vitest';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  DeleteOrganizationalUnitCommand,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListTagsForResourceCommand,
  MoveAccountCommand,
  paginateListAccounts,
  paginateListAccountsForParent,
  RemoveAccountFromOrganizationCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-organizations';
import { automation, management, member, openOrganization, opensAt } from './support-organization.ts';

const seconds = (count: number) => opensAt + count * 1000;

describe('when accounts are listed', () => {
  it('comes in pages of 20, and every account once', async () => {
    const { organizations } = openOrganization(45);

    const sizes: number[] = [];
    const ids: (string | undefined)[] = [];
    for await (const { Accounts = [] } of paginateListAccounts({ client: organizations() }, {})) {
      sizes.push(Accounts.length);
      ids.push(...Accounts.map(({ Id }) => Id));
    }

    expect(sizes).toEqual([20, 20, 6]);
    expect(new Set(ids).size).toBe(46);
  });

  it('gives no larger page to whoever asks for one, and refuses pages of nothing', async () => {
    const { organizations } = openOrganization(45);
    const client = organizations();

    expect((await client.send(new ListAccountsCommand({ MaxResults: 100 }))).Accounts).toHaveLength(20);
    expect((await client.send(new ListAccountsCommand({ MaxResults: 3 }))).Accounts).toHaveLength(3);
    for (const refused of [{ MaxResults: 0 }, { NextToken: 'made up' }]) {
      await expect(client.send(new ListAccountsCommand(refused))).rejects.toMatchObject({
        name: 'InvalidInputException',
      });
    }
  });

  it('tells state and path, and no status, which AWS has retired', async () => {
    const { organizations } = openOrganization(1);
    const client = organizations();
    await client.send(
      new MoveAccountCommand({
        AccountId: member(0),
        SourceParentId: 'ou-ab12-alpha',
        DestinationParentId: 'ou-ab12-nested',
      }),
    );

    const { Account } = await client.send(new DescribeAccountCommand({ AccountId: member(0) }));

    expect(Account).toMatchObject({
      Arn: `arn:aws:organizations::${management}:account/o-a1b2c3d4e5/${member(0)}`,
      State: 'ACTIVE',
      Paths: [`o-a1b2c3d4e5/r-ab12/ou-ab12-alpha/ou-ab12-nested/${member(0)}/`],
    });
    expect(Account).not.toHaveProperty('Status');
  });

  it('leaves out those of units below, where a parent is asked for', async () => {
    const { organizations } = openOrganization(3);
    const client = organizations();
    const found: (string | undefined)[] = [];
    for await (const { Accounts = [] } of paginateListAccountsForParent({ client }, { ParentId: 'r-ab12' })) {
      found.push(...Accounts.map(({ Id }) => Id));
    }

    expect(found).toEqual([management]);
    await expect(
      client.send(new ListAccountsForParentCommand({ ParentId: 'ou-gone' })),
    ).rejects.toMatchObject({ name: 'ParentNotFoundException' });
  });
});

describe('when somebody else than the management account calls', () => {
  it('is denied, and may only ask what organization this is', async () => {
    const { organizations } = openOrganization(1);
    const client = organizations(automation);

    await expect(client.send(new ListAccountsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ Id: 'o-a1b2c3d4e5', MasterAccountId: management });
  });
});

describe('when an account is tagged', () => {
  it('is told on the bus of the management account, in us-east-1, five seconds later', async () => {
    const { organizations, clock, events } = openOrganization(1);

    await organizations().send(
      new TagResourceCommand({ ResourceId: member(0), Tags: [{ Key: 'account-state', Value: 'expired' }] }),
    );
    await clock.runUntilIdle(seconds(4.9));
    expect(events).toEqual([]);
    await clock.runUntilIdle(seconds(5));

    expect(events).toMatchObject([
      {
        source: 'aws.organizations',
        'detail-type': 'AWS API Call via CloudTrail',
        account: management,
        region: 'us-east-1',
        time: '2026-11-16T09:00:05Z',
        detail: {
          eventName: 'TagResource',
          eventSource: 'organizations.amazonaws.com',
          eventTime: '2026-11-16T09:00:00Z',
          requestParameters: { resourceId: member(0), tags: [{ key: 'account-state', value: 'expired' }] },
          responseElements: null,
          eventID: expect.any(String),
        },
      },
    ]);
    expect(events[0]?.['detail']).not.toHaveProperty('errorCode');
  });

  it('keeps other tags, and loses those that are removed', async () => {
    const { organizations } = openOrganization(1, { kept: 'yes', gone: 'soon' });
    const client = organizations();

    await client.send(new TagResourceCommand({ ResourceId: member(0), Tags: [{ Key: 'new', Value: '' }] }));
    await client.send(new UntagResourceCommand({ ResourceId: member(0), TagKeys: ['gone', 'never there'] }));

    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceId: member(0) }));
    expect(Tags).toEqual([
      { Key: 'kept', Value: 'yes' },
      { Key: 'new', Value: '' },
    ]);
  });

  it.each([
    ['a key of AWS', [{ Key: 'aws:x', Value: '1' }], 'InvalidInputException'],
    ['an empty key', [{ Key: '', Value: '1' }], 'InvalidInputException'],
    ['a long key', [{ Key: 'k'.repeat(129), Value: '1' }], 'InvalidInputException'],
    ['a long value', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidInputException'],
    ['a strange value', [{ Key: 'k', Value: 'a|b' }], 'InvalidInputException'],
    [
      '51 tags',
      Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
      'ConstraintViolationException',
    ],
  ])('is refused, and told with its error code: %s', async (_, Tags, name) => {
    const { organizations, clock, events } = openOrganization(1);
    const client = organizations();

    await expect(client.send(new TagResourceCommand({ ResourceId: member(0), Tags }))).rejects.toMatchObject({
      name,
    });
    await clock.runUntilIdle();

    expect(events).toMatchObject([{ detail: { eventName: 'TagResource', errorCode: name } }]);
    const { Tags: found } = await client.send(new ListTagsForResourceCommand({ ResourceId: member(0) }));
    expect(found).toEqual([]);
  });

  it('is refused for what nobody knows', async () => {
    const { organizations } = openOrganization(0);
    const Tags = [{ Key: 'k', Value: 'v' }];

    await expect(
      organizations().send(new TagResourceCommand({ ResourceId: '999999999999', Tags })),
    ).rejects.toMatchObject({ name: 'TargetNotFoundException' });
  });
});

describe('when an account is created', () => {
  it('arrives under the root after a while, as a service event tells with its number', async () => {
    const { organizations, clock, events } = openOrganization(0);
    const client = organizations();

    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({
        AccountName: 'Zoe',
        Email: 'zoe@example.com',
        Tags: [{ Key: 'note', Value: 'new' }],
      }),
    );
    expect(CreateAccountStatus).toMatchObject({ State: 'IN_PROGRESS' });
    await clock.runUntilIdle();

    const asked = { CreateAccountRequestId: CreateAccountStatus?.Id };
    const { CreateAccountStatus: done } = await client.send(new DescribeCreateAccountStatusCommand(asked));
    expect(done).toMatchObject({ State: 'SUCCEEDED', AccountId: expect.stringMatching(/^\d{12}$/) });
    const { Parents } = await client.send(new ListParentsCommand({ ChildId: done?.AccountId }));
    expect(Parents).toEqual([{ Id: 'r-ab12', Type: 'ROOT' }]);
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceId: done?.AccountId }));
    expect(Tags).toEqual([{ Key: 'note', Value: 'new' }]);
    expect(events.map(({ detail }) => detail)).toMatchObject([
      {
        eventName: 'CreateAccount',
        requestParameters: { email: '****', accountName: '****' },
        responseElements: { createAccountStatus: { id: done?.Id, state: 'IN_PROGRESS' } },
      },
      {
        eventName: 'CreateAccountResult',
        requestParameters: null,
        serviceEventDetails: {
          createAccountStatus: {
            state: 'SUCCEEDED',
            accountId: done?.AccountId,
            requestedTimestamp: 'Nov 16, 2026 9:00:00 AM',
          },
        },
      },
    ]);
    expect(events.map((event) => event['detail-type'])).toEqual([
      'AWS API Call via CloudTrail',
      'AWS Service Event via CloudTrail',
    ]);
  });

  it('fails later where its address is taken, and tells no number', async () => {
    const { organizations, clock, events } = openOrganization(1);
    const client = organizations();

    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({ AccountName: 'Twin', Email: `${member(0)}@example.com` }),
    );
    await clock.runUntilIdle();

    const asked = { CreateAccountRequestId: CreateAccountStatus?.Id };
    expect(await client.send(new DescribeCreateAccountStatusCommand(asked))).toMatchObject({
      CreateAccountStatus: { State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' },
    });
    const status = { failureReason: 'EMAIL_ALREADY_EXISTS', state: 'FAILED' };
    expect(events.at(-1)).toMatchObject({ detail: { serviceEventDetails: { createAccountStatus: status } } });
    expect(JSON.stringify(events.at(-1))).not.toContain('accountId":"7');
  });

  it('is refused at once with tags that cannot be', async () => {
    const { organizations, clock } = openOrganization(0);
    const Tags = [{ Key: 'aws:x', Value: '1' }];
    const command = new CreateAccountCommand({ AccountName: 'Zoe', Email: 'zoe@example.com', Tags });

    await expect(organizations().send(command)).rejects.toMatchObject({ name: 'InvalidInputException' });
    await clock.runUntilIdle();

    expect((await organizations().send(new ListAccountsCommand({}))).Accounts).toHaveLength(1);
  });
});

describe('when an account is moved', () => {
  const move = (SourceParentId: string, DestinationParentId: string) =>
    new MoveAccountCommand({ AccountId: member(0), SourceParentId, DestinationParentId });

  it('is there, as an event tells', async () => {
    const { organizations, clock, events } = openOrganization(1);
    const client = organizations();

    await client.send(move('ou-ab12-alpha', 'r-ab12'));
    await clock.runUntilIdle();

    const { Children } = await client.send(
      new ListChildrenCommand({ ParentId: 'r-ab12', ChildType: 'ACCOUNT' }),
    );
    expect(Children?.map(({ Id }) => Id)).toContain(member(0));
    expect(events).toMatchObject([
      {
        detail: {
          eventName: 'MoveAccount',
          requestParameters: {
            accountId: member(0),
            sourceParentId: 'ou-ab12-alpha',
            destinationParentId: 'r-ab12',
          },
        },
      },
    ]);
  });

  it.each([
    ['r-ab12', 'ou-ab12-alpha', 'SourceParentNotFoundException'],
    ['ou-ab12-alpha', 'ou-gone', 'DestinationParentNotFoundException'],
    ['ou-ab12-alpha', 'ou-ab12-alpha', 'DuplicateAccountException'],
  ])('is refused from %s to %s, and told with its error code', async (from, to, name) => {
    const { organizations, clock, events } = openOrganization(1);

    await expect(organizations().send(move(from, to))).rejects.toMatchObject({ name });
    await clock.runUntilIdle();

    expect(events).toMatchObject([{ detail: { eventName: 'MoveAccount', errorCode: name } }]);
  });
});

describe('when an account leaves', () => {
  it('is pending, then closed, as two events tell; and is closed once only', async () => {
    const { organizations, clock, events } = openOrganization(1);
    const client = organizations();
    const command = new CloseAccountCommand({ AccountId: member(0) });

    await client.send(command);
    const { Account } = await client.send(new DescribeAccountCommand({ AccountId: member(0) }));
    expect(Account?.State).toBe('PENDING_CLOSURE');
    await clock.runUntilIdle();

    const { Account: closed } = await client.send(new DescribeAccountCommand({ AccountId: member(0) }));
    expect(closed?.State).toBe('CLOSED');
    expect(events.map(({ detail }) => detail)).toMatchObject([
      { eventName: 'CloseAccount', requestParameters: { accountId: member(0) } },
      {
        eventName: 'CloseAccountResult',
        serviceEventDetails: { closeAccountStatus: { accountId: member(0) } },
      },
    ]);
    await expect(client.send(command)).rejects.toMatchObject({ name: 'AccountAlreadyClosedException' });
  });

  it('is unknown once it is removed; the management account stays', async () => {
    const { organizations } = openOrganization(1);
    const client = organizations();

    await client.send(new RemoveAccountFromOrganizationCommand({ AccountId: member(0) }));

    await expect(client.send(new DescribeAccountCommand({ AccountId: member(0) }))).rejects.toMatchObject({
      name: 'AccountNotFoundException',
    });
    for (const command of [
      new RemoveAccountFromOrganizationCommand({ AccountId: management }),
      new CloseAccountCommand({ AccountId: management }),
    ]) {
      await expect(client.send(command)).rejects.toThrow('management account');
    }
  });
});

describe('when units are made and unmade', () => {
  it('makes them below a parent, once by one name, and unmakes them when they are empty', async () => {
    const { organizations } = openOrganization(1);
    const client = organizations();
    const command = new CreateOrganizationalUnitCommand({ ParentId: 'ou-ab12-nested', Name: 'Deep' });

    const { OrganizationalUnit: unit } = await client.send(command);
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'DuplicateOrganizationalUnitException',
    });

    const asked = { OrganizationalUnitId: unit?.Id };
    expect(await client.send(new DescribeOrganizationalUnitCommand(asked))).toMatchObject({
      OrganizationalUnit: { Path: `o-a1b2c3d4e5/r-ab12/ou-ab12-alpha/ou-ab12-nested/${unit?.Id}/` },
    });
    const { OrganizationalUnits } = await client.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: 'ou-ab12-nested' }),
    );
    expect(OrganizationalUnits).toMatchObject([{ Name: 'Deep' }]);
    await client.send(new DeleteOrganizationalUnitCommand(asked));
    await expect(client.send(new DescribeOrganizationalUnitCommand(asked))).rejects.toMatchObject({
      name: 'OrganizationalUnitNotFoundException',
    });
    await expect(
      client.send(new DeleteOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-ab12-alpha' })),
    ).rejects.toMatchObject({ name: 'OrganizationalUnitNotEmptyException' });
  });

  it('makes none with tags that cannot be', async () => {
    const { organizations } = openOrganization(0);
    const client = organizations();
    const Tags = [{ Key: 'aws:x', Value: '1' }];

    await expect(
      client.send(new CreateOrganizationalUnitCommand({ ParentId: 'r-ab12', Name: 'New', Tags })),
    ).rejects.toMatchObject({ name: 'InvalidInputException' });

    const { OrganizationalUnits = [] } = await client.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: 'r-ab12' }),
    );
    expect(OrganizationalUnits.map(({ Name }) => Name)).toEqual(['Alpha']);
  });
});
