import { GetRoleCommand, IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

/** Whose credentials they are. One call. */
export async function identityOf(
  access: AwsAccess,
): Promise<{ readonly account: string; readonly arn: string }> {
  const { Account = '', Arn = '' } = await new STSClient(clientConfig(access)).send(
    new GetCallerIdentityCommand({}),
  );
  return { account: Account, arn: Arn };
}

/** The same access with the credentials of a profile, read as the AWS CLI reads them. */
export const accessOfProfile = (access: AwsAccess, profile: string): AwsAccess => ({
  ...access,
  credentials: fromIni({ profile }),
});

/** Whom a role trusts, as a policy in JSON; undefined when there is no such role. One call. */
export async function trustOfRole(access: AwsAccess, roleArn: string): Promise<string | undefined> {
  const RoleName = roleArn.split('/').at(-1) ?? '';
  try {
    const { Role } = await new IAMClient(clientConfig(access)).send(new GetRoleCommand({ RoleName }));
    return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  } catch (fault) {
    if (fault instanceof NoSuchEntityException) return undefined;
    throw fault;
  }
}
