import { parameters } from '#adapters/settings-store/settings-store.ts';
import { loadBuildspec } from '#buildspecs/load-buildspecs.ts';
import { storedAccount, storedUnit } from '#domain/settings/effective-settings.ts';
import type { Settings } from '#domain/settings/settings.ts';

/** Texts by name of the parameter that holds them, without the environment identifier before it. */
export type StoredTexts = Readonly<Record<string, string>>;

/** What functions read: the build specifications of the settings, else the project's own. */
export function buildspecTexts({ worker }: Settings): StoredTexts {
  return {
    [parameters.preparation]: worker.preparationBuildspec?.text ?? loadBuildspec('preparation'),
    [parameters.purge]: worker.purgeBuildspec?.text ?? loadBuildspec('purge'),
  };
}

/** What people and scripts read: the items written in the YAML file, and the documents for holders of accounts. */
export function itemTexts({ book, features }: Settings): StoredTexts {
  const accounts = Object.keys(book.accounts).map(
    (id) => [`Accounts/${id}`, JSON.stringify(storedAccount(book, id))] as const,
  );
  const units = Object.keys(book.units).map(
    (unit) => [`OrganizationalUnits/${unit}`, JSON.stringify(storedUnit(book, unit))] as const,
  );
  const documents = Object.entries(features.endUserDocuments).map(
    ([label, { text }]) => [`Documents/${label}`, text] as const,
  );
  return Object.fromEntries([...accounts, ...units, ...documents]);
}
