import { byCodePoint } from '#domain/costs/by-code-point.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Account } from '#domain/account.ts';
import { inventoryHeadings, inventoryLine } from '#domain/inventory/inventory-line.ts';
import { takeStock, type Organization } from '#domain/inventory/take-stock.ts';
import { inventoryKey } from '#domain/reports/report-keys.ts';
import { effectiveSettings } from '#domain/settings/effective-settings.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';
import { withAttributes, type Shadow } from '#domain/shadows/shadow.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { nameIn } from './cast-shadow.ts';

type Needs = Ports<'accounts' | 'settings' | 'shadows' | 'csvReports'>;

/** Shadows that are written at the same time. */
const writesAtATime = 20;

/**
 * The inventory of today: every account that casts a shadow, and every managed one that casts none yet. The accounts
 * themselves come from bulk reads, and shadows that have fallen behind them are mended on the way.
 */
export async function reportInventory(_: unknown, ports: Needs): Promise<Outcome> {
  const { settings, csvReports, clock, tagPrefix } = ports;
  const book = await settings.book();
  const organization = await readOrganization(ports);
  const { listed, mended } = await readShadows(organization, book, ports);
  const names = { tagPrefix, costTag: book.costs.tag };
  const lines = listed
    .toSorted((a, b) => byCodePoint(a.id, b.id))
    .map((shadow) => inventoryLine(shadow, names))
    .toSorted(([a = ''], [b = '']) => byCodePoint(a, b));
  const report = csvReports.open(
    inventoryKey(book.reporting.inventoriesPrefix, dayOf(clock.now())),
    inventoryHeadings,
  );
  report.add(lines);
  await report.close();
  await mend(mended, ports);
  return { outcome: 'reported', accounts: lines.length, shadowsMended: mended.length };
}

async function readOrganization({ accounts }: Needs): Promise<Organization> {
  const all = await accounts.list();
  const names = await accounts.unitNames(all.flatMap(({ path }) => path.slice(-1)));
  return {
    accounts: new Map(all.map((account) => [account.id, account])),
    unitNameOf: ({ path }) => nameIn(names, path.at(-1)),
  };
}

/** A shadow that has to change: `former` is what it was when it was read, if it was there. */
interface Mended {
  readonly former: Shadow | undefined;
  readonly shadow: Shadow;
}

async function readShadows(organization: Organization, book: SettingsBook, { shadows }: Needs) {
  const listed: Shadow[] = [];
  const mended: Mended[] = [];
  const known = new Set<string>();
  for await (const page of shadows.all()) {
    for (const former of page.map(withoutLogs)) {
      known.add(former.id);
      const { shadow, isListed } = takeStock(former, organization);
      if (isListed) listed.push(shadow);
      if (!isSame(shadow, former)) mended.push({ former, shadow });
    }
  }
  for (const account of organization.accounts.values()) {
    if (known.has(account.id) || !isManaged(account, book)) continue;
    const shadow = withAttributes(undefined, account, organization.unitNameOf(account));
    listed.push(shadow);
    mended.push({ former: undefined, shadow });
  }
  return { listed, mended };
}

const isManaged = (account: Account, book: SettingsBook) =>
  account.isActive && effectiveSettings(book, account) !== undefined;

/** Logs are long, and 10,000 shadows are held at a time. */
function withoutLogs(shadow: Shadow): Shadow {
  const { last_preparation_log: _, last_purge_log: __, ...rest } = shadow;
  return rest;
}

const isSame = (a: Shadow, b: Shadow) => JSON.stringify(a) === JSON.stringify(b);

/** Only what nobody has written meanwhile is mended: an event of the last seconds knows better than a bulk read. */
async function mend(mended: readonly Mended[], { shadows }: Needs): Promise<void> {
  for (let from = 0; from < mended.length; from += writesAtATime) {
    const some = mended.slice(from, from + writesAtATime);
    await Promise.all(
      some.map(({ former, shadow }) =>
        shadows.change(shadow.id, (now) => {
          if (!now) return former ? undefined : shadow;
          return former && isSame(withoutLogs(now), former) ? { ...now, ...shadow } : undefined;
        }),
      ),
    );
  }
}
