import { faultLine } from './settings-fault.ts';
import type { SettingsFault } from './settings-fault.ts';

/** Settings that nothing may be deployed or decided by, with everything that is wrong in them. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings';
  readonly faults: readonly SettingsFault[];
  constructor(path: string, faults: readonly SettingsFault[]) {
    super([`${path} has ${faults.length} to mend:`, ...faults.map(faultLine)].join('\n'));
    this.faults = faults;
  }
}
