import { featureStates } from './settings.ts';
import type { FeatureState, ItemSettings, NotificationSettings, Texts, WorkSettings } from './settings.ts';
import type { Report } from './settings-fault.ts';
import { faultAt } from './shape-faults.ts';
import { hasForm } from './value-forms.ts';
import type { Form } from './value-forms.ts';
import { partAt, textAt } from './written.ts';
import type { Written } from './written.ts';

/** An item of `accounts` or `organizational_units`, with the place where it is written. */
export interface ListedItem {
  readonly identifier: string;
  readonly path: readonly string[];
  readonly settings: ItemSettings;
}

/** The items of a list that say whom they are for, each once: a second one of the same identifier is told. */
export function listedItems(
  root: Written,
  list: string,
  form: Form,
  file: string,
  report: Report,
): readonly ListedItem[] {
  const items = new Map<string, ListedItem>();
  for (const [index, written] of partAt(root, [list])?.parts ?? []) {
    const identifier = textAt(written, ['identifier']);
    const path = [list, index];
    if (identifier === undefined || !hasForm(form, identifier)) continue;
    const first = items.get(identifier);
    if (first === undefined) items.set(identifier, { identifier, path, settings: itemFrom(written) });
    else {
      const line = partAt(root, [...first.path, 'identifier'])?.line;
      const expected = `each identifier once (it is on line ${line} already)`;
      report(faultAt(root, file, [...path, 'identifier'], undefined, expected));
    }
  }
  return [...items.values()];
}

/** What an item says, leaving out whatever has not the right shape: the schema has told that. */
export function itemFrom(written: Written | undefined): ItemSettings {
  const note = textAt(written, ['note']);
  const unsetTags = partAt(written, ['unset_tags']);
  const notifications = partAt(written, ['notifications']);
  return {
    ...(note && { note }),
    accountTags: textsFrom(partAt(written, ['account_tags'])),
    ...(Array.isArray(unsetTags?.value) && { unsetTags: textList(unsetTags) }),
    preparation: workFrom(partAt(written, ['preparation'])),
    purge: workFrom(partAt(written, ['purge'])),
    ...(notifications && { notifications: notificationsFrom(notifications) }),
  };
}

/** The scalars of a map, each as text, as written. */
export function textsFrom(written: Written | undefined): Texts {
  const scalars = [...(written?.parts ?? [])].filter(([, { value }]) => value !== null);
  return Object.fromEntries(scalars.flatMap(([key, { text }]) => (text === undefined ? [] : [[key, text]])));
}

/** The texts of a list. */
export function textList(written: Written | undefined): readonly string[] {
  const values = [...(written?.parts.values() ?? [])].map(({ value }) => value);
  return values.filter((value) => typeof value === 'string');
}

function workFrom(written: Written | undefined): WorkSettings {
  return { ...featureFrom(written), variables: textsFrom(partAt(written, ['variables'])) };
}

function notificationsFrom(written: Written): NotificationSettings {
  return {
    ...featureFrom(written),
    documents: textsFrom(partAt(written, ['documents'])),
    placeholders: textsFrom(partAt(written, ['placeholders'])),
  };
}

function featureFrom(written: Written | undefined): { readonly feature?: FeatureState } {
  const text = textAt(written, ['feature']);
  const feature = featureStates.find((state) => state === text);
  return feature === undefined ? {} : { feature };
}
