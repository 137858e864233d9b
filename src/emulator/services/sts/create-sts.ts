import type {
  AssumeRoleCommandInput,
  GetAccessKeyInfoCommandInput,
  GetCallerIdentityCommandInput,
} from '@aws-sdk/client-sts';
import { AwsError } from '../../aws-error.ts';
import type { RoleIdentity } from '../../identity/create-identity.ts';
import { integer, operation, required, text, type Checked } from '../../identity/query-input.ts';
import type { Lifetime, Platform } from '../../platform.ts';
import type { Call, Service } from '../../service.ts';

/** STS: sessions of roles. The role's trust policy and the caller's own ones are weighed where the role is assumed. */
export function createSts(
  platform: Pick<Platform, 'automationAccount'>,
  identity: RoleIdentity,
): { readonly service: Service } {
  const service: Service = {
    name: 'sts',
    protocol: {
      kind: 'query',
      version: '2011-06-15',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    },
    operations: {
      AssumeRole: operation<AssumeRoleCommandInput>(
        'sts',
        {
          RoleArn: required(text({ min: 20, max: 2048 })),
          RoleSessionName: required(text({ pattern: /^[\w+=,.@-]*$/, min: 2, max: 64 })),
          DurationSeconds: integer(900, 43_200),
          ExternalId: text({ pattern: /^[\w+=,.@:/-]*$/, min: 2, max: 1224 }),
        },
        (input, call) => assumeRole(identity, input, call),
      ),
      GetCallerIdentity: operation<GetCallerIdentityCommandInput>('sts', {}, (_, { caller }) => ({
        UserId: caller.userId,
        Account: caller.account,
        Arn: caller.arn,
      })),
      // Keys that were not handed out here act as administrators of the automation account.
      GetAccessKeyInfo: operation<GetAccessKeyInfoCommandInput>(
        'sts',
        { AccessKeyId: required(text({ pattern: /^\w*$/, min: 16, max: 128 })) },
        (input) => ({ Account: identity.accountOf(input.AccessKeyId) ?? platform.automationAccount }),
      ),
    },
    access: { AssumeRole: 'everybody', GetCallerIdentity: 'everybody' },
  };
  return { service };
}

function assumeRole(identity: RoleIdentity, input: Checked<AssumeRoleCommandInput>, call: Call) {
  const { RoleArn: arn, RoleSessionName: name, ExternalId: externalId } = input;
  const context = externalId === undefined ? {} : { 'sts:ExternalId': externalId };
  const lifetime = lifetimeOf(input, call);
  const credentials = identity.assume(arn, name, call.caller, lifetime, context);
  const session = identity.sessionOf(credentials.accessKeyId);
  return {
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: credentials.expiration,
    },
    AssumedRoleUser: { AssumedRoleId: session?.userId, Arn: session?.arn },
  };
}

const chainLimitInSeconds = 3600;

function lifetimeOf(
  { DurationSeconds: seconds = 3600 }: Checked<AssumeRoleCommandInput>,
  call: Call,
): Lifetime {
  if (call.caller.role !== undefined && seconds > chainLimitInSeconds) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  return { seconds, clock: call.origin === 'client' ? 'real' : 'simulated' };
}
