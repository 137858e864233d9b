import { describe, expect, it } from 'vitest';
import { createSessions } from '#adapters/aws/sessions.ts';
import { createOrganizationDirectory } from '#adapters/organizations/organization-directory.ts';
import { createProgressTable } from '#adapters/progress/progress-table.ts';
import type { Passage } from '#domain/lifecycle.ts';
import { AwsError } from '#emulator/aws-error.ts';
import {
  alice,
  automation,
  management,
  openAccess,
  openDoors,
  roles,
  type Answer,
} from './support-access.ts';

/** Gives an empty page first, which says that there is more, as AWS may at any time. */
function emptyFirst(page: object): Answer {
  let given = false;
  return (_, run) => {
    if (given) return run();
    given = true;
    return page;
  };
}

async function aDirectory(answers: Readonly<Record<string, Answer>>) {
  const opened = openAccess(answers);
  await openDoors(opened);
  return createOrganizationDirectory(createSessions(opened.access, roles), 'account-');
}

/** The token of the first page, as the local cloud writes it. */
const fromTheStart = Buffer.from('at:0').toString('base64url');

describe('when AWS gives an empty page, and says that there is more', () => {
  it('reads on through the accounts', async () => {
    const directory = await aDirectory({
      'organizations.ListAccounts': emptyFirst({ Accounts: [], NextToken: fromTheStart }),
    });

    expect((await directory.list()).map(({ id }) => id)).toEqual([management, automation, alice]);
  });

  it('reads on through their tags', async () => {
    const directory = await aDirectory({
      'tagging.GetResources': emptyFirst({ ResourceTagMappingList: [], PaginationToken: fromTheStart }),
    });

    expect(await directory.listByState(['released'])).toEqual([management, automation, alice]);
  });

  it('reads on through the records of accounts in transit', async () => {
    const passage: Passage = {
      account: alice,
      transaction: 'maintenance',
      phase: 'purge',
      status: 'begun',
      transition: 'one',
      tries: 1,
      due: 12,
    };
    const page = {
      Items: [{ Identifier: { S: alice }, Order: { S: 'passage' }, Value: { S: JSON.stringify(passage) } }],
    };
    const start = { Identifier: { S: 'x' }, Order: { S: 'event' } };
    let scans = 0;
    const { access } = openAccess({
      'dynamodb.Scan': () => ((scans += 1) === 1 ? { Items: [], LastEvaluatedKey: start } : page),
    });

    expect(await createProgressTable(access, 'SpaTest').list()).toEqual([passage]);
  });
});

describe('when AWS fails instead of answering', () => {
  const denied: Answer = () => {
    throw new AwsError('AccessDeniedException', 'not you');
  };

  it.each([
    ['tags', 'organizations.ListTagsForResource', 'find'],
    ['an account', 'organizations.DescribeAccount', 'find'],
    ['the state', 'organizations.ListTagsForResource', 'stateOf'],
  ] as const)('throws, and never takes that for the absence of %s', async (_, call, question) => {
    const directory = await aDirectory({ [call]: denied });

    await expect(directory[question](alice)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it.each(['organizations.ListAccounts', 'tagging.GetResources'])(
    'gives no shorter list: %s',
    async (call) => {
      const directory = await aDirectory({ [call]: denied });

      await expect(directory.list()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    },
  );
});

describe('when the directory is asked for an account by name, by older names of its state', () => {
  it.each([
    [{ State: 'ACTIVE' }, true],
    [{ Status: 'ACTIVE' }, true],
    [{ State: 'SUSPENDED', Status: 'ACTIVE' }, false],
    [{ State: 'PENDING_CLOSURE' }, false],
    [{ Status: 'SUSPENDED' }, false],
    [{}, false],
  ])('understands both fields, the new one first: %j', async (fields, isActive) => {
    const directory = await aDirectory({
      'organizations.DescribeAccount': () => ({ Account: { Id: alice, ...fields } }),
    });

    expect((await directory.find(alice))?.isActive).toBe(isActive);
  });
});
