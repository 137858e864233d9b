import { faultsInWords, type WorldFault } from './world-fault.ts';

/** A world that the local cloud can't open with, and everything that is wrong in it. */
export class InvalidWorld extends Error {
  override readonly name = 'InvalidWorld';
  readonly file: string;
  readonly faults: readonly WorldFault[];
  constructor(file: string, faults: readonly WorldFault[]) {
    super(faultsInWords(file, faults));
    this.file = file;
    this.faults = faults;
  }
}
