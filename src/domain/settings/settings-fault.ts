/** One thing wrong in the settings, as an operator can mend it. */
export interface SettingsFault {
  /** The settings file, a CSV file beside it, or `environment` for a variable of the environment. */
  readonly file: string;
  /** From 1; 0 where no line is to blame, as for a missing file. */
  readonly line: number;
  /** Such as `accounts[3].identifier`, or the column of a CSV file; empty for the whole file. */
  readonly keyPath: string;
  readonly found: string;
  readonly expected: string;
  /** `found …, expected …` */
  readonly message: string;
}

export type FoundFault = Omit<SettingsFault, 'message'>;

/** Takes note of a fault, so that reading goes on and all of them are told at once. */
export type Report = (fault: FoundFault) => void;

export function settingsFault(fault: FoundFault): SettingsFault {
  return { ...fault, message: `found ${fault.found}, expected ${fault.expected}` };
}

/** A fault on one line, as compilers write them: `settings.yaml:12 accounts[3].identifier: found …, expected …`. */
export function faultLine({ file, line, keyPath, message }: SettingsFault): string {
  const place = line > 0 ? `${file}:${line}` : file;
  return keyPath === '' ? `${place}: ${message}` : `${place} ${keyPath}: ${message}`;
}

/** Writes a path as people read it: `accounts[3].account_tags["cost.center"]`. Items are counted from 0. */
export function keyPathOf(path: readonly PropertyKey[]): string {
  return path.map(String).reduce((written, key) => {
    if (/^\d+$/.test(key)) return `${written}[${key}]`;
    if (!/^[\w-]+$/.test(key)) return `${written}[${quoted(key)}]`;
    return written === '' ? key : `${written}.${key}`;
  }, '');
}

/** Text in quotes, cut where it would drown the message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
