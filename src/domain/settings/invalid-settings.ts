import { faultLine } from './settings-fault.ts';
import type { SettingsFault } from './settings-fault.ts';

/** Settings that nothing may be deployed or decided by, with everything that is wrong in them. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings';
  readonly path: string;
  readonly faults: readonly SettingsFault[];
  constructor(path: string, faults: readonly SettingsFault[]) {
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    super([`${path} has ${count}:`, ...faults.map(faultLine)].join('\n'));
    this.path = path;
    this.faults = faults;
  }
}
