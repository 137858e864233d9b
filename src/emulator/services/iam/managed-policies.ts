import type { AccountId } from '#domain/account.ts';
import type { Platform } from '../../platform.ts';
import { iamIdentifier } from '../../identity/identifiers.ts';
import { parsePolicy, type Policy } from '../../identity/policy-document.ts';
import { alreadyExists } from './iam-faults.ts';

/** A policy that roles share; it never changes, since it has one version. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly created: Date;
  readonly policy: Policy;
  readonly description: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
}

/** A policy to create. */
export type NewPolicy = Pick<ManagedPolicy, 'name' | 'path' | 'policy' | 'description' | 'tags'>;

/** Managed policies: those of AWS, which every account sees, and those of each account. */
export interface ManagedPolicies {
  /** Throws EntityAlreadyExists. */
  create(account: AccountId, policy: NewPolicy): ManagedPolicy;
  remove(account: AccountId, arn: string): void;
  find(account: AccountId, arn: string): ManagedPolicy | undefined;
  /** The account's own, by name. */
  list(account: AccountId): readonly ManagedPolicy[];
}

/** The store of managed policies; it begins with those of AWS. */
export function createManagedPolicies(platform: Pick<Platform, 'clock' | 'nextId'>): ManagedPolicies {
  const accounts = new Map<AccountId, Map<string, ManagedPolicy>>();

  return {
    create(account, { name, path, policy, description, tags }) {
      const own = accounts.get(account) ?? new Map<string, ManagedPolicy>();
      if ([...own.values()].some((known) => known.name === name)) {
        throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
      }
      const arn = `arn:aws:iam::${account}:policy${path}${name}`;
      const id = iamIdentifier('ANPA', platform.nextId(), 17);
      const created = new Date(platform.clock.now());
      const made = { arn, name, path, id, created, policy, description, tags };
      accounts.set(account, own.set(arn, made));
      return made;
    },
    remove: (account, arn) => accounts.get(account)?.delete(arn),
    find: (account, arn) => accounts.get(account)?.get(arn) ?? byArn.get(arn),
    list: (account) =>
      [...(accounts.get(account)?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** The few policies of AWS that are known, those of auditors by their beginnings; the others are too long to be told by heart. */
export const awsManagedPolicies: readonly ManagedPolicy[] = [
  awsManaged('/', 'AdministratorAccess', ['*'], 'Provides full access to AWS services and resources.'),
  awsManaged(
    '/service-role/',
    'AWSLambdaBasicExecutionRole',
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    'Provides write permissions to CloudWatch Logs.',
  ),
  awsManaged(
    '/',
    'SecurityAudit',
    [
      'cloudtrail:DescribeTrails',
      'config:Describe*',
      'ec2:Describe*',
      'iam:Get*',
      'iam:List*',
      's3:GetBucket*',
    ],
    'Grants access to read security configuration metadata.',
  ),
  awsManaged(
    '/job-function/',
    'ViewOnlyAccess',
    ['cloudformation:List*', 'ec2:Describe*', 'lambda:List*', 'rds:Describe*', 's3:List*', 'sns:List*'],
    'Grants permissions to view resources and basic metadata across all AWS services.',
  ),
];

const byArn: ReadonlyMap<string, ManagedPolicy> = new Map(
  awsManagedPolicies.map((policy) => [policy.arn, policy]),
);

function awsManaged(path: string, name: string, actions: string[], description: string): ManagedPolicy {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return {
    arn: `arn:aws:iam::aws:policy${path}${name}`,
    name,
    path,
    id: iamIdentifier('ANPA', name, 17),
    created: new Date('2015-02-06T18:39:46Z'),
    policy: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] })),
    description,
    tags: new Map(),
  };
}
