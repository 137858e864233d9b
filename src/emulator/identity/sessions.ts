import type { AccountId } from '#domain/account.ts';
import { AwsError } from '../aws-error.ts';
import type { Credentials, Lifetime, Platform } from '../platform.ts';
import type { Caller } from '../service.ts';
import { iamIdentifier, secretText } from './identifiers.ts';
import type { Role } from './role-store.ts';

/** The sessions of roles, by access key. None is forgotten: an expired key must stay expired, not become unknown. */
export interface Sessions {
  open(role: Role, name: string, lifetime: Lifetime): Credentials;
  /** Undefined for keys that were not handed out here. Throws ExpiredToken. */
  callerOf(accessKeyId: string): Caller | undefined;
  accountOf(accessKeyId: string): AccountId | undefined;
}

interface Session {
  readonly caller: Caller;
  readonly endsAt: number;
  readonly clock: Lifetime['clock'];
}

/** Sessions end by the simulated clock, or by that of the machine when a client outside holds them. */
export function createSessions(platform: Pick<Platform, 'clock' | 'nextId'>): Sessions {
  const sessions = new Map<string, Session>();
  const now = (clock: Lifetime['clock']) => (clock === 'real' ? Date.now() : platform.clock.now());

  return {
    open(role, name, { seconds, clock }) {
      const id = platform.nextId();
      const accessKeyId = iamIdentifier('ASIA', id, 16);
      const endsAt = now(clock) + seconds * 1000;
      sessions.set(accessKeyId, { caller: callerIn(role, name), endsAt, clock });
      const secretAccessKey = secretText(id);
      const sessionToken = Buffer.from(`${accessKeyId} of ${role.arn}`).toString('base64');
      return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(endsAt) };
    },
    callerOf(accessKeyId) {
      const session = sessions.get(accessKeyId);
      if (session && session.endsAt <= now(session.clock)) throw expired();
      return session?.caller;
    },
    accountOf: (accessKeyId) => sessions.get(accessKeyId)?.caller.account,
  };
}

function callerIn(role: Role, name: string): Caller {
  return {
    account: role.account,
    arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`,
    userId: `${role.id}:${name}`,
    role: role.arn,
  };
}

function expired(): AwsError {
  return new AwsError('ExpiredToken', 'The security token included in the request is expired', 403);
}
