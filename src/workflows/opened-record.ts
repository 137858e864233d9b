import type { Account } from '#domain/account.ts';
import type { Case } from '#domain/incidents/case.ts';
import { incidentFrom } from '#domain/incidents/incident.ts';
import type { Ports } from '#ports/ports.ts';

/** A record of an incident, and the account that it concerns, where the organization knows one. */
export interface OpenedRecord {
  readonly record: string;
  readonly account: Account | undefined;
}

export type RecordOf = () => Promise<OpenedRecord>;

type Needs = Ports<'accounts' | 'settings' | 'incidents' | 'incidentLog'>;

/** Finds the record of a case when it is first asked for, and opens it where nobody has, with what the case began with. */
export function openedRecord(kind: string, current: Case, ports: Needs): RecordOf {
  let opened: Promise<OpenedRecord> | undefined;
  return () => (opened ??= findOrOpen(kind, current, ports));
}

async function findOrOpen(
  kind: string,
  current: Case,
  { accounts, settings, incidents, incidentLog }: Needs,
): Promise<OpenedRecord> {
  const { opening, token } = current;
  const account = opening.account && (await accounts.glance(opening.account));
  if (current.record !== undefined) return { record: current.record, account };
  const { tag: costTag } = (await settings.book()).costs;
  const record = await incidents.open(incidentFrom(opening, account, costTag), token);
  await incidentLog.keep(kind, { ...current, record });
  return { record, account };
}
