import type { AccountId } from '#domain/account.ts';
import { AwsError } from '../aws-error.ts';
import type { Credentials, Lifetime, Platform } from '../platform.ts';
import type { Caller } from '../service.ts';
import { isSessionKey, secretText, sessionKey } from './identifiers.ts';
import type { Role } from './role-store.ts';

/** The sessions of roles, by access key. One that has ended is let go, and its key stays expired all the same. */
export interface Sessions {
  open(role: Role, name: string, lifetime: Lifetime): Credentials;
  /** Undefined for keys that were not handed out here. Throws ExpiredToken. */
  callerOf(accessKeyId: string): Caller | undefined;
  /** Of sessions that have not ended long ago. */
  accountOf(accessKeyId: string): AccountId | undefined;
}

interface Session {
  readonly caller: Caller;
  readonly endsAt: number;
  readonly clock: Lifetime['clock'];
}

const rememberedForMilliseconds = 15 * 60_000;
const fewestSwept = 1000;

/** Sessions end by the simulated clock, or by that of the machine when a client outside holds them. */
export function createSessions(platform: Pick<Platform, 'clock' | 'nextId'>): Sessions {
  const sessions = new Map<string, Session>();
  const now = (clock: Lifetime['clock']) => (clock === 'real' ? Date.now() : platform.clock.now());

  let sweptAt = fewestSwept;

  /** Each invocation of a function opens one: a window of 10,000 accounts would leave half a million behind. */
  function letGoOfEnded() {
    if (sessions.size < sweptAt) return;
    for (const [key, { endsAt, clock }] of sessions) {
      if (endsAt + rememberedForMilliseconds < now(clock)) sessions.delete(key);
    }
    sweptAt = Math.max(fewestSwept, 2 * sessions.size);
  }

  return {
    open(role, name, { seconds, clock }) {
      letGoOfEnded();
      const id = platform.nextId();
      const accessKeyId = sessionKey(id);
      const endsAt = now(clock) + seconds * 1000;
      sessions.set(accessKeyId, { caller: callerIn(role, name), endsAt, clock });
      const secretAccessKey = secretText(id);
      const sessionToken = Buffer.from(`${accessKeyId} of ${role.arn}`).toString('base64');
      return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(endsAt) };
    },
    callerOf(accessKeyId) {
      const session = sessions.get(accessKeyId);
      const hasEnded = session ? session.endsAt <= now(session.clock) : isSessionKey(accessKeyId);
      if (hasEnded) throw expired();
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
