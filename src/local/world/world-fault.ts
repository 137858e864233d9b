import { keyPathOf } from '#domain/settings/settings-fault.ts';

/** One thing wrong in a world file, as whoever wrote it can mend it. */
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
export function faultLine({ file, path, found, expected }: WorldFault): string {
  return `${path === '' ? file : `${file} ${path}`}: found ${found}, expected ${expected}`;
}
