import { nearestName } from './nearest-name.ts';
import { quoted } from './settings-fault.ts';

/** A value of a YAML file that remembers where and how it was written. */
export interface Written {
  /** Line of the key, or of the item of a list. */
  readonly line: number;
  /** Plain JavaScript, for the schema. */
  readonly value: unknown;
  /** A scalar as written: `500.0`, `yes`, the content of a quoted text. Undefined for maps and lists. */
  readonly text: string | undefined;
  /** Keys of a map; `0`, `1`, … of a list; nothing for a scalar. */
  readonly parts: ReadonlyMap<string, Written>;
  /** How many values it unfolds to, itself included. */
  readonly size: number;
}

export function partAt(written: Written | undefined, path: readonly PropertyKey[]): Written | undefined {
  return path.reduce<Written | undefined>((at, key) => at?.parts.get(String(key)), written);
}

/** The line to look at for something that may be missing: that of the deepest part that is there. */
export function lineAt(written: Written, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const part = partAt(written, path.slice(0, length));
    if (part !== undefined) return part.line;
  }
  return written.line;
}

/** What was found, in words. */
export function describeWritten(written: Written | undefined): string {
  if (written === undefined || written.value === null) return 'nothing';
  if (written.text === undefined) return Array.isArray(written.value) ? 'a list' : 'a map';
  return typeof written.value === 'string' ? quoted(written.text) : written.text;
}

/** The text at a path; undefined where there is none, or something else than text. */
export function textAt(written: Written | undefined, path: readonly PropertyKey[]): string | undefined {
  const value = partAt(written, path)?.value;
  return typeof value === 'string' ? value : undefined;
}

export function isWrittenMap({ text, value }: Pick<Written, 'text' | 'value'>): boolean {
  return text === undefined && !Array.isArray(value);
}

/** Whether a key that seems to be missing is there with a slip of the pen, which is told as an unknown key. */
export function isMisspelt(map: Written | undefined, key: string): boolean {
  const others = [...(map?.parts.keys() ?? [])].filter((other) => other !== key);
  return others.some((other) => nearestName(other, [key]) !== undefined);
}
