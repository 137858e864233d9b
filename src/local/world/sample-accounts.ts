import { accountId, type AccountId } from '#domain/account.ts';
import type { ItemSettings, Settings } from '#domain/settings/settings.ts';
import { personAt } from './sample-people.ts';
import type { MemberState, WorldAccount, WorldUnit } from './world.ts';

/** What of the settings the sample is made to fit. */
export interface SampleSettings extends Pick<Settings, 'automation'> {
  readonly book: Omit<Settings['book'], 'chat' | 'costs' | 'preparesAsAdministrator' | 'reporting'>;
}

/** Personal accounts that the sample has at least, the listed ones among them. */
export const personalAccounts = 30;

const longestName = 50;
const unmanagedUnit = 'ou-shared-services';

/** The units of the settings below the root, and one that they do not name. */
export function sampleUnits({ book }: SampleSettings, root: string): readonly WorldUnit[] {
  const managed = Object.entries(book.units).map(([id, { note }], index) => ({
    id,
    name: note || `Sandboxes ${index + 1}`,
    parent: root,
  }));
  return [...managed, { id: unmanagedUnit, name: 'Shared Services', parent: root }];
}

/** Central accounts, personal ones spread evenly over the units, some outside of them, and one suspended. */
export function sampleAccounts(settings: SampleSettings, root: string): readonly WorldAccount[] {
  const { book } = settings;
  const central = centralAccounts(settings, root);
  const listed = listedAccounts(settings, new Set(central.map(({ id }) => id)));
  const taken = new Set<string>([...central.map(({ id }) => id), ...listed]);
  const fresh = freshNumbers(taken);
  const made = Array.from({ length: Math.max(0, personalAccounts - listed.length) }, fresh);
  const units = Object.keys(book.units);
  const places = units.length > 0 ? units : [unmanagedUnit];
  const personal = [...listed, ...made].map((id, index) =>
    personalAccount(id, index, places[index % places.length] ?? root, notedName(settings, id)),
  );
  const others: readonly (readonly [string, MemberState])[] = [
    [places[0] ?? root, 'SUSPENDED'],
    [root, 'ACTIVE'],
    [root, 'ACTIVE'],
    [unmanagedUnit, 'ACTIVE'],
    [unmanagedUnit, 'ACTIVE'],
  ];
  return [
    ...central,
    ...personal,
    ...others.map(([unit, state], index) => ({
      ...personalAccount(fresh(), personal.length + index, unit),
      state,
    })),
  ];
}

function centralAccounts({ automation, book }: SampleSettings, root: string): readonly WorldAccount[] {
  const protectedOnes = book.protectedAccounts.map((id, index) => [id, `Protected ${index}`] as const);
  const named = new Map<AccountId, string>([
    ...protectedOnes,
    [automation.accountId, 'Automation'],
    [automation.managementAccount, 'Management'],
  ]);
  return [...named].map(([id, name]) => ({
    id,
    name,
    email: `${name.toLowerCase().replace(' ', '-')}@example.com`,
    unit: root,
    state: 'ACTIVE',
    tags: {},
  }));
}

/** Accounts that the settings name, in the YAML file or in rows, but for the central ones. */
function listedAccounts({ book }: SampleSettings, central: ReadonlySet<string>): readonly AccountId[] {
  const listed = new Set([...Object.keys(book.accounts), ...Object.keys(book.rows)]);
  return [...listed].filter((id) => !central.has(id)).map(accountId);
}

function notedName({ book }: SampleSettings, id: AccountId): string | undefined {
  const noteOf = (item: Partial<ItemSettings> | undefined) => item?.note || undefined;
  return noteOf(book.rows[id]) ?? noteOf(book.accounts[id]);
}

function personalAccount(id: AccountId, index: number, unit: string, note?: string): WorldAccount {
  const person = personAt(index);
  const name = (note ?? person.name).slice(0, longestName);
  return { id, name, email: person.email, unit, state: 'ACTIVE', tags: {} };
}

function freshNumbers(taken: ReadonlySet<string>): () => AccountId {
  let last = 200_000_000_000 - 1;
  return () => {
    do last += 1;
    while (taken.has(String(last)));
    return accountId(String(last));
  };
}
