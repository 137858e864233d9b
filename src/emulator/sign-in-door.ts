import { isAccountId } from '#domain/account.ts';
import { signIn, type SignIn } from './console-sign-in.ts';
import type { Door } from './door.ts';
import type { Platform } from './platform.ts';
import type { HttpRequest, HttpResponse } from './service.ts';

/** Where people log in on the console, behind the endpoint. */
export const signInPath = '/console/login';

const usage = `POST ${signInPath}?account=200000000000&role=Administrator&session=alice@example.com, or &user=NAME, or &user=root, or &federated=NAME\n`;

/** Lets somebody log in on the console of an account, as a role, as an IAM user, as its root, or through a federation. */
export function signInDoor(
  platform: () => Pick<Platform, 'clock' | 'events' | 'nextId' | 'isMember'>,
  homeRegion: string,
): Door {
  return (request) => {
    if (request.path !== signInPath) return undefined;
    const asked = askedIn(request, homeRegion);
    if (!asked) return answer(400, usage);
    if (!platform().isMember(asked.account)) return answer(404, `no account ${asked.account} is open\n`);
    signIn(platform(), asked);
    return answer(200, asked.succeeds ? 'logged in\n' : 'refused\n');
  };
}

function askedIn({ method, query }: HttpRequest, homeRegion: string): SignIn | undefined {
  const account = query.get('account');
  const by = identityIn(query);
  if (method !== 'POST' || !isAccountId(account) || !by) return undefined;
  return {
    account,
    by,
    region: query.get('region') ?? homeRegion,
    succeeds: query.get('result') !== 'Failure',
  };
}

function identityIn(query: URLSearchParams): SignIn['by'] | undefined {
  const [role, session, user, federated] = ['role', 'session', 'user', 'federated'].map((name) =>
    query.get(name),
  );
  if (role && session) return { type: 'AssumedRole', role, session };
  if (user === 'root') return { type: 'Root' };
  if (federated) return { type: 'FederatedUser', user: federated };
  return user ? { type: 'IAMUser', user } : undefined;
}

const answer = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});
