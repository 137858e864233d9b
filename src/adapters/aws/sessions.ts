import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccountId } from '#domain/account.ts';
import { clientConfig, type AwsAccess } from './access.ts';
import { isDenied } from './is-denied.ts';

/** Sessions are renewed while they are still good for this long. */
const marginInMilliseconds = 5 * 60_000;

export interface Roles {
  /** Role of the management account, which alone may be assumed from the automation account. */
  readonly managementRoleArn: string;
  /** Role of each member account, assumed from the management role. */
  readonly memberRoleName: string;
}

/** Access to other accounts through the chain of two roles; sessions are shared until shortly before they end. */
export interface Sessions {
  management(): Promise<AwsAccess>;
  member(account: AccountId): Promise<AwsAccess>;
}

interface Session {
  readonly access: AwsAccess;
  readonly endsAt: number;
}

export class RoleNotAssumable extends Error {
  override readonly name = 'RoleNotAssumable';
  readonly role: string;
  constructor(role: string, cause: unknown) {
    super(`role ${role} cannot be assumed: check that it exists, and whom it trusts`, { cause });
    this.role = role;
  }
}

const mostMembersRemembered = 200;

export function createSessions(own: AwsAccess, { managementRoleArn, memberRoleName }: Roles): Sessions {
  const sessions = new Map<string, Promise<Session>>();

  async function assume(role: string, from: AwsAccess, purpose: string): Promise<AwsAccess> {
    const held = sessions.get(role);
    if (!held) return (await renew(role, from, purpose)).access;
    const { access, endsAt } = await held;
    if (endsAt - marginInMilliseconds > own.clock.now().getTime()) return access;
    // Of several that have waited for the same session, the first one renews it for all.
    if (sessions.get(role) === held) sessions.delete(role);
    return assume(role, from, purpose);
  }

  function renew(role: string, from: AwsAccess, purpose: string): Promise<Session> {
    const fresh = open(role, from, purpose);
    sessions.set(role, fresh);
    fresh.catch(() => sessions.get(role) === fresh && sessions.delete(role));
    forgetOldest();
    return fresh;
  }

  function forgetOldest() {
    const [oldest] = sessions.keys();
    if (sessions.size > mostMembersRemembered && oldest !== undefined) sessions.delete(oldest);
  }

  const management = () => assume(managementRoleArn, own, 'SPA-organization');

  return {
    management,
    member: async (account) =>
      assume(`arn:aws:iam::${account}:role/${memberRoleName}`, await management(), `SPA-${account}`),
  };
}

async function open(role: string, from: AwsAccess, name: string): Promise<Session> {
  try {
    const client = new STSClient(clientConfig(from));
    const { Credentials: given } = await client.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: name }),
    );
    const credentials = {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
    return { access: { ...from, credentials }, endsAt: given?.Expiration?.getTime() ?? 0 };
  } catch (cause) {
    if (isDenied(cause)) throw new RoleNotAssumable(role, cause);
    throw cause;
  }
}
