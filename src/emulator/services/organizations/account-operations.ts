import type {
  CloseAccountCommandInput,
  CreateAccountCommandInput,
  CreateAccountStatus,
  DescribeAccountCommandInput,
  DescribeCreateAccountStatusCommandInput,
  ListAccountsCommandInput,
  ListAccountsForParentCommandInput,
  ListCreateAccountStatusCommandInput,
  MoveAccountCommandInput,
  RemoveAccountFromOrganizationCommandInput,
} from '@aws-sdk/client-organizations';
import { accountId } from '#domain/account.ts';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { recorded, recordServiceEvent } from '../../trail.ts';
import type { Directory, Member } from './directory.ts';
import type { TagStore } from './tags.ts';

const source = 'aws.organizations';
const creationInSeconds = 10;
const closureInSeconds = 60;
const mostPerPage = 20;

export const pageSize = (asked: number | undefined) => Math.min(asked ?? mostPerPage, mostPerPage);

/** Accounts: read, created, moved, closed. `onCreated` lets whoever opened the cloud furnish a new account. */
export function accountOperations(
  platform: Platform,
  directory: Directory,
  tags: TagStore,
  onCreated: (member: Member) => void,
) {
  const creations = new Map<string, CreateAccountStatus>();
  let created = 0;

  const described = (member: Member) => ({
    Id: member.id,
    Arn: directory.accountArn(member.id),
    Email: member.email,
    Name: member.name,
    State: member.state,
    Paths: [
      `${[directory.organizationId, directory.root, ...directory.pathTo(member.parent), member.id].join('/')}/`,
    ],
    JoinedMethod: 'CREATED' as const,
    JoinedTimestamp: member.joined,
  });

  function list(members: readonly Member[], input: ListAccountsCommandInput) {
    const page = pageOf(members, input.NextToken, pageSize(input.MaxResults));
    return { Accounts: page.items.map(described), NextToken: page.next };
  }

  function createAccount(input: CreateAccountCommandInput, call: Call) {
    if (!input.Email || !input.AccountName) throw invalid('Email and AccountName are required.');
    const requested = new Date(platform.clock.now());
    const id = `car-${platform.nextId().replaceAll('-', '')}`;
    const status: CreateAccountStatus = {
      Id: id,
      AccountName: input.AccountName,
      State: 'IN_PROGRESS',
      RequestedTimestamp: requested,
    };
    const parameters = { email: '****', accountName: '****', tags: (input.Tags ?? []).map(lowerCase) };
    const response = () => ({
      createAccountStatus: {
        id,
        state: 'IN_PROGRESS',
        accountName: '****',
        requestedTimestamp: trailTime(requested),
      },
    });
    return recorded(platform, call, { source, parameters, response }, () => {
      creations.set(id, status);
      platform.clock.after(creationInSeconds * 1000, () => concludeCreation(status, input));
      return { CreateAccountStatus: status };
    });
  }

  function concludeCreation(status: CreateAccountStatus, input: CreateAccountCommandInput) {
    const completed = new Date(platform.clock.now());
    const taken = directory.members().some((member) => member.email === input.Email);
    const outcome: CreateAccountStatus = taken
      ? { ...status, State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS', CompletedTimestamp: completed }
      : { ...status, State: 'SUCCEEDED', AccountId: nextNumber(), CompletedTimestamp: completed };
    creations.set(status.Id ?? '', outcome);
    if (outcome.AccountId) admit(outcome.AccountId, input, completed);
    recordServiceEvent(platform, {
      source,
      eventName: 'CreateAccountResult',
      serviceEventDetails: {
        createAccountStatus: {
          id: outcome.Id,
          state: outcome.State,
          accountName: '****',
          ...(outcome.AccountId
            ? { accountId: outcome.AccountId }
            : { failureReason: outcome.FailureReason }),
          requestedTimestamp: trailTime(outcome.RequestedTimestamp ?? completed),
          completedTimestamp: trailTime(completed),
        },
      },
    });
  }

  function admit(id: string, input: CreateAccountCommandInput, joined: Date) {
    const member: Member = {
      id: accountId(id),
      name: input.AccountName ?? '',
      email: input.Email ?? '',
      parent: directory.root,
      state: 'ACTIVE' as const,
      joined,
    };
    directory.putMember(member);
    if (input.Tags?.length) tags.put(id, input.Tags);
    onCreated(member);
  }

  function nextNumber(): string {
    do created += 1;
    while (directory.findMember(String(700_000_000_000 + created)));
    return String(700_000_000_000 + created);
  }

  function moveAccount(input: MoveAccountCommandInput, call: Call) {
    const { AccountId = '', SourceParentId = '', DestinationParentId = '' } = input;
    const parameters = {
      accountId: AccountId,
      sourceParentId: SourceParentId,
      destinationParentId: DestinationParentId,
    };
    return recorded(platform, call, { source, parameters }, () => {
      const member = directory.member(AccountId);
      if (!exists(DestinationParentId)) {
        throw new AwsError(
          'DestinationParentNotFoundException',
          "We can't find the destination parent that you specified.",
        );
      }
      if (member.parent !== SourceParentId) {
        throw new AwsError(
          'SourceParentNotFoundException',
          "We can't find a source root or OU with the ParentId that you specified.",
        );
      }
      if (SourceParentId === DestinationParentId) {
        throw new AwsError(
          'DuplicateAccountException',
          'That account is already present in the specified destination.',
        );
      }
      directory.putMember({ ...member, parent: DestinationParentId });
      return {};
    });
  }

  const exists = (parent: string) =>
    parent === directory.root || directory.units().some((unit) => unit.id === parent);

  function closeAccount(input: CloseAccountCommandInput, call: Call) {
    const parameters = { accountId: input.AccountId };
    return recorded(platform, call, { source, parameters }, () => {
      const member = directory.member(input.AccountId ?? '');
      if (member.id === directory.managementAccount) {
        throw new AwsError('ConstraintViolationException', "You can't close the management account.", 400, {
          Reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT',
        });
      }
      if (member.state !== 'ACTIVE') {
        throw new AwsError(
          'AccountAlreadyClosedException',
          'You attempted to close an account that is already closed.',
        );
      }
      directory.putMember({ ...member, state: 'PENDING_CLOSURE' });
      platform.clock.after(closureInSeconds * 1000, () => concludeClosure(member.id));
      return {};
    });
  }

  function concludeClosure(id: string) {
    const member = directory.findMember(id);
    if (!member) return;
    directory.putMember({ ...member, state: 'CLOSED' });
    const time = trailTime(new Date(platform.clock.now()));
    const closeAccountStatus = {
      accountId: id,
      state: 'SUCCEEDED',
      requestedTimestamp: time,
      completedTimestamp: time,
    };
    recordServiceEvent(platform, {
      source,
      eventName: 'CloseAccountResult',
      serviceEventDetails: { closeAccountStatus },
    });
  }

  return {
    ListAccounts: (input: ListAccountsCommandInput) => list(directory.members(), input),
    ListAccountsForParent(input: ListAccountsForParentCommandInput) {
      directory.pathTo(input.ParentId ?? '');
      const members = directory.members().filter((member) => member.parent === input.ParentId);
      return list(members, { NextToken: input.NextToken, MaxResults: input.MaxResults });
    },
    DescribeAccount: (input: DescribeAccountCommandInput) => ({
      Account: described(directory.member(input.AccountId ?? '')),
    }),
    CreateAccount: createAccount,
    DescribeCreateAccountStatus(input: DescribeCreateAccountStatusCommandInput) {
      const status = creations.get(input.CreateAccountRequestId ?? '');
      if (!status) {
        throw new AwsError(
          'CreateAccountStatusNotFoundException',
          "We can't find a create account request with that ID.",
        );
      }
      return { CreateAccountStatus: status };
    },
    ListCreateAccountStatus(input: ListCreateAccountStatusCommandInput) {
      const asked = [...creations.values()].filter(
        ({ State }) => !input.States || (State && input.States.includes(State)),
      );
      const page = pageOf(asked, input.NextToken, pageSize(input.MaxResults));
      return { CreateAccountStatuses: page.items, NextToken: page.next };
    },
    MoveAccount: moveAccount,
    CloseAccount: closeAccount,
    RemoveAccountFromOrganization(input: RemoveAccountFromOrganizationCommandInput, call: Call) {
      return recorded(platform, call, { source, parameters: { accountId: input.AccountId } }, () => {
        const member = directory.member(input.AccountId ?? '');
        if (member.id === directory.managementAccount) {
          throw new AwsError(
            'MasterCannotLeaveOrganizationException',
            "You can't remove a management account.",
          );
        }
        directory.removeMember(member.id);
        tags.forget(member.id);
        return {};
      });
    },
  };
}

const invalid = (message: string) => new AwsError('InvalidInputException', message);
const lowerCase = ({ Key, Value }: { Key?: string | undefined; Value?: string | undefined }) => ({
  key: Key,
  value: Value,
});

/** CloudTrail writes the times of an account's creation as text in US form. */
function trailTime(date: Date): string {
  const day = date.toLocaleDateString('en-US', {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const time = date.toLocaleTimeString('en-US', { timeZone: 'UTC' });
  return `${day} ${time.replaceAll('\u202f', ' ')}`;
}
