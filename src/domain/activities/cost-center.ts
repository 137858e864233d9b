import { noCostTag } from '#domain/costs/account-of-report.ts';

/** Tag of cost centers where the settings name no other one. */
const usualTag = 'cost-center';

/** Cost center of whoever bears the tags, by the tag of the settings first; an empty tag counts as none. */
export const costCenterOf = (tags: Readonly<Record<string, string>>, costTag: string): string =>
  tags[costTag] || tags[usualTag] || noCostTag;
