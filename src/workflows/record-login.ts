import { activityOf } from '#domain/activities/activity.ts';
import { costCenterOf } from '#domain/activities/cost-center.ts';
import { identifierOf } from '#domain/activities/identifier.ts';
import { afterLogin, stampAt, withAttributes } from '#domain/shadows/shadow.ts';
import { loginException } from '#domain/transactions/login-exception.ts';
import type { ConsoleLogin } from '#events/console-login.ts';
import type { SystemEvent } from '#events/system-event.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { unitNameOf } from './cast-shadow.ts';
import { isLeftAlone, lookUp, type Managed } from './look-up-account.ts';

type Needs = Ports<'accounts' | 'settings' | 'bus' | 'shadows' | 'logins'>;

/**
 * A login on the console of a managed account is on record once, however many accounts forward it; and people are told
 * of those with credentials that nobody should use.
 */
export async function recordLogin(login: ConsoleLogin, ports: Needs): Promise<Outcome> {
  const { logins, bus, clock } = ports;
  const { account: id, kind, identity } = login;
  const found = await lookUp(id, ports);
  if (isLeftAlone(found)) return found;
  const at = login.at ?? clock.now();
  const key = { account: id, at, identity: `${kind} ${identity}` };
  if (!(await logins.claim(key))) return { outcome: 'known already', account: id, kind };
  await markShadow(found, { at, identity }, ports);
  const identifier = identifierOf('console-login', id, stampAt(at), key.identity);
  await bus.put(...eventsOf({ ...login, at, identifier }, found));
  await logins.confirm(key);
  return { outcome: 'recorded', account: id, kind };
}

async function markShadow(
  { account }: Managed,
  login: { readonly at: Date; readonly identity: string },
  { shadows, accounts }: Needs,
): Promise<void> {
  const unitName = await unitNameOf(account, accounts);
  await shadows.change(account.id, (shadow) => afterLogin(withAttributes(shadow, account, unitName), login));
}

function eventsOf(
  login: ConsoleLogin & { readonly at: Date; readonly identifier: string },
  { account, book }: Managed,
): readonly SystemEvent[] {
  const { at, identifier } = login;
  const seconds = at.getTime() / 1000;
  const payload = activityOf({
    account: account.id,
    costCenter: costCenterOf(account.tags, book.costs.tag),
    transaction: 'console-login',
    identifier,
    begin: seconds,
    end: seconds,
    tags: account.tags,
  });
  const exception = loginException(login, account);
  return [{ label: 'ConsoleLoginEvent', payload: { ...payload } }, ...(exception ? [exception] : [])];
}
