import { randomBytes } from 'node:crypto';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { putSecrets } from '#adapters/secrets/put-secrets.ts';
import type { Settings } from '#domain/settings/settings.ts';

/** What a deployment wants of AWS beside the CDK. What it asks throws NoCredentials and CloudUnanswered. */
export interface Cloud {
  /** Number of the account whose credentials are in use. */
  callerAccount(): Promise<string | undefined>;
  /** Undefined when AWS does not tell. */
  organizationId(): Promise<string | undefined>;
  /** Whether `cdk bootstrap` has been run for the account and the region. */
  isBootstrapped(): Promise<boolean>;
  /** Undefined when there is no such role. */
  descriptionOfRole(name: string): Promise<string | undefined>;
  /** Puts secrets beside the stacks: no template may hold them. */
  putSecrets(settings: Settings): Promise<void>;
}

export class NoCredentials extends Error {
  override readonly name = 'NoCredentials';
  constructor(cause: Error) {
    super(
      `AWS takes no credentials from here (${cause.message}): set AWS_PROFILE, log in with aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`,
      { cause },
    );
  }
}

export class CloudUnanswered extends Error {
  override readonly name = 'CloudUnanswered';
  constructor(what: string, cause: Error) {
    super(
      `AWS was asked for ${what} and has not told it (${cause.name}: ${cause.message}): check the network, the endpoint, and what the credentials may do`,
      { cause },
    );
  }
}

const refusals = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

/** Where `cdk bootstrap` tells its version. */
const bootstrapParameter = '/cdk-bootstrap/hnb659fds/version';

/** AWS as the environment of the SDK leads to it: `AWS_PROFILE`, `AWS_ENDPOINT_URL`, … */
export function reachCloud(region: string): Cloud {
  const config = { region };
  const parameters = new SSMClient(config);
  const roles = new IAMClient(config);
  return {
    callerAccount: () =>
      asking('who calls', async () => {
        const { Account = '' } = await new STSClient(config).send(new GetCallerIdentityCommand({}));
        return Account;
      }),
    organizationId: () =>
      asking(
        'the organization',
        async () => {
          const client = new OrganizationsClient({ region: 'us-east-1' });
          return (await client.send(new DescribeOrganizationCommand({}))).Organization?.Id;
        },
        untold,
      ),
    isBootstrapped: async () => {
      const command = new GetParameterCommand({ Name: bootstrapParameter });
      const found = await asking('the version of cdk bootstrap', () => parameters.send(command), [
        'ParameterNotFound',
      ]);
      return found !== undefined;
    },
    descriptionOfRole: async (name) => {
      const command = new GetRoleCommand({ RoleName: name });
      const found = await asking(`role ${name}`, () => roles.send(command), ['NoSuchEntityException']);
      return found && (found.Role?.Description ?? '');
    },
    putSecrets: ({ environment, features }) =>
      putSecrets(parameters, environment, features, () => randomBytes(32).toString('base64url')),
  };
}

/** Undefined where AWS answers with one of the faults that mean so. Throws NoCredentials, CloudUnanswered. */
async function asking<T>(
  what: string,
  run: () => Promise<T>,
  meaningNothing: readonly string[] = [],
): Promise<T | undefined> {
  try {
    return await run();
  } catch (fault) {
    if (!(fault instanceof Error)) throw fault;
    if (meaningNothing.includes(fault.name)) return undefined;
    throw refusals.has(fault.name) ? new NoCredentials(fault) : new CloudUnanswered(what, fault);
  }
}

/** The account is in no organization, or may not ask. */
const untold = ['AWSOrganizationsNotInUseException', 'AccessDeniedException'];
