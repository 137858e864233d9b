import type { Phase } from '#domain/lifecycle.ts';
import type { SettingsBook } from '#domain/settings/settings.ts';

/** What the settings file says, as deployed: a change is seen within a minute. */
export interface SettingsSource {
  book(): Promise<SettingsBook>;
  /** Text of the build specification of a phase. */
  buildspec(phase: Phase): Promise<string>;
}
