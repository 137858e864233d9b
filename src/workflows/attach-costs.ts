import { accountReport } from '#domain/costs/account-report.ts';
import type { Ports } from '#ports/ports.ts';
import type { RecordOf } from './opened-record.ts';

type Needs = Ports<'settings' | 'incidents' | 'accountCosts' | 'attachments'>;

/** Scripts know the item by this title. */
const title = 'Cost and Usage Report';

/** Whoever handles an incident sees what its account costs this month, by service. */
export async function attachCosts(
  recordOf: RecordOf,
  { settings, incidents, accountCosts, attachments, clock }: Needs,
): Promise<void> {
  const { record, account } = await recordOf();
  if (!account) return;
  const month = clock.now().toISOString().slice(0, 7);
  const { exceptionsPrefix: prefix } = (await settings.book()).reporting;
  const ledger = await accountCosts.of(account.id, month);
  const file = accountReport({ ledger, account: account.id, prefix }, attachments.formats);
  await incidents.relate(record, { title, url: await attachments.keep(file, prefix) });
}
