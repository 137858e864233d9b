import type {
  CloseAccountCommandInput,
  DescribeAccountCommandInput,
  ListAccountsCommandInput,
  ListAccountsForParentCommandInput,
  MoveAccountCommandInput,
  RemoveAccountFromOrganizationCommandInput,
} from '@aws-sdk/client-organizations';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { recorded, recordServiceEvent } from '../../trail.ts';
import type { Directory, Member } from './directory.ts';
import { pageSize } from './page-size.ts';
import { trailTime } from './trail-time.ts';
import type { TagStore } from './tags.ts';

const source = 'aws.organizations';
const closureInSeconds = 60;

/** Accounts: read, moved, closed, removed. */
export function accountOperations(platform: Platform, directory: Directory, tags: TagStore) {
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
