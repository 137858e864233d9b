/** One statement of the policy of a resource. */
export type Statement = Readonly<Record<string, unknown>>;

export const policyDocument = (...statements: readonly Statement[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** Whom a role trusts when a service takes it. */
export const trustOf = (service: string) =>
  policyDocument({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });

/** A role trusts a whole account, but in it only the roles whose ARNs are given: they need not exist yet. */
export const trustOfRoles = (account: string, roleArn: string) =>
  policyDocument({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'sts:AssumeRole',
    Condition: { ArnLike: { 'aws:PrincipalArn': roleArn } },
  });

/** Refuses whoever talks to a resource without TLS, whatever else allows it. */
export const tlsOnly = (actions: string, ...resources: readonly string[]): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: actions,
  Resource: resources,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
