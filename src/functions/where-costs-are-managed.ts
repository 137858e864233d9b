import type { Settings } from '#domain/settings/settings.ts';

/** Costs are reported only where the settings name the tag of cost centers. */
export const whereCostsAreManaged = ({ features }: Settings): boolean =>
  features.costManagementTag !== undefined;
