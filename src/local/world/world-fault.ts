import { keyPathOf } from '#domain/settings/settings-fault.ts';

/** One thing wrong in a file of a world, or of faults to play, as whoever wrote it can mend it. */
export interface WorldFault {
  readonly file: string;
  /** Such as `accounts[3].tags.owner`; empty for the whole file. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
}

/** Takes note of a fault, so that reading goes on and all of them are told at once. */
export type Report = (path: readonly PropertyKey[], found: string, expected: string) => void;

export function collectFaults(file: string): { readonly faults: WorldFault[]; readonly report: Report } {
  const faults: WorldFault[] = [];
  return {
    faults,
    report: (path, found, expected) => faults.push({ file, path: keyPathOf(path), found, expected }),
  };
}

/** `world.json accounts[3].id: found "12", expected 12 digits, as text` */
function faultLine({ file, path, found, expected }: WorldFault): string {
  return `${path === '' ? file : `${file} ${path}`}: found ${found}, expected ${expected}`;
}

// A world can have a million lines, and people read one screen.
const mostLines = 100;

/** What is wrong with a file, one line each, the first hundred of them. */
export function faultsInWords(file: string, faults: readonly WorldFault[]): string {
  const more = faults.length - mostLines;
  return [
    `${file} has ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}:`,
    ...faults.slice(0, mostLines).map(faultLine),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join('\n');
}
