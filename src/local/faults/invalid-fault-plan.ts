import { faultLine, type WorldFault } from '../world/world-fault.ts';

/** A fault file that nobody can follow, with all that is wrong in it. */
export class InvalidFaultPlan extends Error {
  override readonly name = 'InvalidFaultPlan';
  readonly file: string;
  readonly mistakes: readonly WorldFault[];
  constructor(file: string, mistakes: readonly WorldFault[]) {
    super([`${file} has ${mistakes.length} to mend:`, ...mistakes.map(faultLine)].join('\n'));
    this.file = file;
    this.mistakes = mistakes;
  }
}
