import { faultsInWords, type WorldFault } from '../world/world-fault.ts';

/** A fault file that nobody can follow, with all that is wrong in it. */
export class InvalidFaultPlan extends Error {
  override readonly name = 'InvalidFaultPlan';
  readonly file: string;
  readonly faults: readonly WorldFault[];
  constructor(file: string, faults: readonly WorldFault[]) {
    super(faultsInWords(file, faults));
    this.file = file;
    this.faults = faults;
  }
}
