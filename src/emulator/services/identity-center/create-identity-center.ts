import type { GetUserIdCommandInput } from '@aws-sdk/client-identitystore';
import type {
  ListAccountAssignmentsForPrincipalCommandInput,
  ListInstancesCommandInput,
} from '@aws-sdk/client-sso-admin';
import type { AccountId } from '#domain/account.ts';
import { AwsError, notImplemented } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Platform } from '../../platform.ts';
import type { Call, Service } from '../../service.ts';

const mostOnAPage = 100;

/** Somebody who may log in, and the accounts where they may. */
export interface Person {
  readonly email: string;
  readonly accounts: readonly AccountId[];
}

export interface IdentityCenter {
  readonly services: readonly Service[];
  /** Enables Identity Center in a region of the management account; it is nowhere before. */
  enable(region: string): void;
  admit(person: Person): void;
}

interface Instance {
  readonly region: string;
  readonly arn: string;
  readonly storeId: string;
}

/** IAM Identity Center of the organization: who may log in, and where. */
export function createIdentityCenter({
  managementAccount,
  nextId,
}: Pick<Platform, 'managementAccount' | 'nextId'>): IdentityCenter {
  const people = new Map<string, Person & { readonly id: string }>();
  let enabled: Instance | undefined;

  /** The instance, for those who ask in its account and its region. */
  const seenFrom = ({ account, region }: Call) =>
    account === managementAccount && region === enabled?.region ? enabled : undefined;

  function listInstances({ NextToken }: ListInstancesCommandInput, call: Call) {
    if (NextToken !== undefined) throw validation('The pagination token is not valid.');
    const found = seenFrom(call);
    if (!found) return { Instances: [] };
    const { arn, storeId } = found;
    return {
      Instances: [
        { InstanceArn: arn, IdentityStoreId: storeId, OwnerAccountId: call.account, Status: 'ACTIVE' },
      ],
    };
  }

  function getUserId({ IdentityStoreId, AlternateIdentifier }: GetUserIdCommandInput, call: Call) {
    if (!IdentityStoreId || seenFrom(call)?.storeId !== IdentityStoreId) throw notFound('IDENTITY_STORE');
    const { AttributePath, AttributeValue } = AlternateIdentifier?.UniqueAttribute ?? {};
    if (AttributePath !== 'emails.value') throw notImplemented('identitystore', 'users by anything but mail');
    const person = typeof AttributeValue === 'string' ? people.get(AttributeValue) : undefined;
    if (!person) throw notFound('USER');
    return { IdentityStoreId, UserId: person.id };
  }

  function listAssignments(input: ListAccountAssignmentsForPrincipalCommandInput, call: Call) {
    const instance = seenFrom(call);
    if (!instance || instance.arn !== input.InstanceArn) throw notFound('INSTANCE');
    if (input.PrincipalType !== 'USER') throw notImplemented('sso', 'assignments of groups');
    const wanted = input.Filter?.AccountId;
    const person = [...people.values()].find(({ id }) => id === input.PrincipalId);
    const accounts = (person?.accounts ?? []).filter((account) => !wanted || account === wanted);
    const page = pageOf(accounts, input.NextToken, input.MaxResults ?? mostOnAPage, validation('Bad token.'));
    return {
      AccountAssignments: page.items.map((AccountId) => ({
        AccountId,
        PermissionSetArn: instance.arn
          .replace(':instance/', ':permissionSet/')
          .concat('/ps-0123456789abcdef'),
        PrincipalId: input.PrincipalId,
        PrincipalType: input.PrincipalType,
      })),
      NextToken: page.next,
    };
  }

  const onInstance = ({ InstanceArn = '' }: { InstanceArn?: string }) => ({ resource: InstanceArn });
  const onStore = ({ IdentityStoreId = '' }: { IdentityStoreId?: string }, { account }: Call) => ({
    resource: [
      `arn:aws:identitystore::${account}:identitystore/${IdentityStoreId}`,
      'arn:aws:identitystore:::user/*',
    ],
  });
  const json = (target: string) => ({ kind: 'json', version: '1.1', target }) as const;
  return {
    services: [
      {
        name: 'sso',
        protocol: json('SWBExternalService'),
        operations: {
          ListInstances: listInstances,
          ListAccountAssignmentsForPrincipal: listAssignments,
        },
        access: { ListAccountAssignmentsForPrincipal: onInstance },
      },
      {
        name: 'identitystore',
        protocol: json('AWSIdentityStore'),
        operations: { GetUserId: getUserId },
        access: { GetUserId: onStore },
      },
    ],
    enable(region) {
      const id = nextId().replaceAll('-', '');
      enabled = {
        region,
        arn: `arn:aws:sso:::instance/ssoins-${id.slice(0, 16)}`,
        storeId: `d-${id.slice(0, 10)}`,
      };
    },
    admit: (person) => void people.set(person.email, { ...person, id: nextId() }),
  };
}

const validation = (message: string) => new AwsError('ValidationException', message);

const notFound = (type: string) =>
  new AwsError('ResourceNotFoundException', `${type} not found.`, 400, { ResourceType: type });
