import type { AccountId } from '#domain/account.ts';
import type { Call } from '../../service.ts';
import type { Incident } from './incident.ts';
import { notFound } from './incident-refusals.ts';

/** The incidents of all accounts; those of one account are the same in all of its regions. */
export interface IncidentStore {
  put(account: AccountId, incident: Incident): void;
  /** Throws ResourceNotFoundException. */
  get(call: Pick<Call, 'account'>, arn: string | undefined): Incident;
  /** The newest first. */
  list(call: Pick<Call, 'account'>): readonly Incident[];
  /** What a call with this token has given before, unless it is the first, which then gives it. */
  once<T>(call: Pick<Call, 'account' | 'operation'>, token: string | undefined, run: () => T): T;
}

export function createIncidentStore(): IncidentStore {
  const homes = new Map<AccountId, Map<string, Incident>>();
  const given = new Map<string, unknown>();

  function homeOf(account: AccountId): Map<string, Incident> {
    const home = homes.get(account) ?? new Map<string, Incident>();
    homes.set(account, home);
    return home;
  }

  return {
    put: (account, incident) => void homeOf(account).set(incident.arn, incident),
    get({ account }, arn = '') {
      const incident = homeOf(account).get(arn);
      if (!incident) throw notFound('INCIDENT_RECORD', arn);
      return incident;
    },
    list: ({ account }) => [...homeOf(account).values()].toReversed(),
    once<T>(
      { account, operation }: Pick<Call, 'account' | 'operation'>,
      token: string | undefined,
      run: () => T,
    ) {
      if (!token) return run();
      const key = `${account} ${operation} ${token}`;
      if (!given.has(key)) given.set(key, run());
      return given.get(key) as T;
    },
  };
}
