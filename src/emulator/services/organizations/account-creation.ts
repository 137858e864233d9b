import type {
  CreateAccountCommandInput,
  CreateAccountStatus,
  DescribeCreateAccountStatusCommandInput,
  ListCreateAccountStatusCommandInput,
} from '@aws-sdk/client-organizations';
import { accountId } from '#domain/account.ts';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call } from '../../service.ts';
import { recorded, recordServiceEvent } from '../../trail.ts';
import type { Directory, Member } from './directory.ts';
import { pageSize } from './page-size.ts';
import { mergedTags, type TagStore } from './tags.ts';
import { trailTime } from './trail-time.ts';

const source = 'aws.organizations';
const creationInSeconds = 10;

/** The creation of accounts, which takes a while. `onCreated` lets whoever opened the cloud furnish a new account. */
export function accountCreation(
  platform: Platform,
  directory: Directory,
  tags: TagStore,
  onCreated: (member: Member) => void,
) {
  const creations = new Map<string, CreateAccountStatus>();
  let created = 0;

  function createAccount(input: CreateAccountCommandInput, call: Call) {
    if (!input.Email || !input.AccountName)
      throw new AwsError('InvalidInputException', 'Email and AccountName are required.');
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
      mergedTags({}, input.Tags ?? []);
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

  return {
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
  };
}

const lowerCase = ({ Key, Value }: { Key?: string | undefined; Value?: string | undefined }) => ({
  key: Key,
  value: Value,
});
