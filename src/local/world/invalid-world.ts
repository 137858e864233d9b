import { faultLine, type WorldFault } from './world-fault.ts';

// A world can have a million lines, and people read one screen.
const mostLines = 100;

/** A world that the local cloud can't open with, and everything that is wrong in it. */
export class InvalidWorld extends Error {
  override readonly name = 'InvalidWorld';
  readonly file: string;
  readonly faults: readonly WorldFault[];
  constructor(file: string, faults: readonly WorldFault[]) {
    const more = faults.length - mostLines;
    super(
      [
        `${file} has ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}:`,
        ...faults.slice(0, mostLines).map(faultLine),
        ...(more > 0 ? [`… and ${more} more`] : []),
      ].join('\n'),
    );
    this.file = file;
    this.faults = faults;
  }
}
