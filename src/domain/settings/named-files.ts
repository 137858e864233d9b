import type { NamedFile } from './settings.ts';
import { quoted } from './settings-fault.ts';
import type { Report } from './settings-fault.ts';
import { faultAt } from './shape-faults.ts';
import { partAt, textAt } from './written.ts';
import type { Written } from './written.ts';

/** Where a file may lie, in the order in which folders are tried. */
export type Folder = 'settings folder' | 'working directory';

/** A file, or in words what keeps it from being read. */
export type FileReading = NamedFile | { readonly problem: string };

/** Reads a file that the settings name. */
export type ReadFile = (name: string, folders: readonly Folder[]) => FileReading;

/** A value of an advanced parameter in Parameter Store holds 8 KB, and is never empty. */
export const mostParameterBytes = 8192;

/** The settings file as it is read: what is written, and how other files are reached from there. */
export interface SettingsSource {
  readonly root: Written;
  readonly file: string;
  readonly readFile: ReadFile;
  readonly report: Report;
}

/** The file named at a path of the settings that becomes a parameter; undefined where none is, or where it is told. */
export function parameterFile(source: SettingsSource, path: readonly string[]): NamedFile | undefined {
  const found = namedFile(source, path, ['settings folder', 'working directory']);
  const bytes = found && Buffer.byteLength(found.text);
  if (found === undefined || bytes === undefined) return undefined;
  if (bytes > 0 && bytes <= mostParameterBytes) return found;
  const { root, file, report } = source;
  const expected = `a file of 1 to ${mostParameterBytes} bytes, the most that Parameter Store takes`;
  report(faultAt(root, file, path, `${found.path} of ${bytes} bytes`, expected));
  return undefined;
}

/** The files of a map of labels to files. */
export function labelledFiles(
  source: SettingsSource,
  path: readonly string[],
): Readonly<Record<string, NamedFile>> {
  const labels = [...(partAt(source.root, path)?.parts.keys() ?? [])];
  return Object.fromEntries(
    labels.flatMap((label) => {
      const found = parameterFile(source, [...path, label]);
      return found ? [[label, found]] : [];
    }),
  );
}

/** The files of a list, beside the settings file only: they belong to it. */
export function listedFiles(source: SettingsSource, path: readonly string[]): readonly NamedFile[] {
  const items = [...(partAt(source.root, path)?.parts.keys() ?? [])];
  return items.flatMap((index) => namedFile(source, [...path, index], ['settings folder']) ?? []);
}

function namedFile(
  { root, file, readFile, report }: SettingsSource,
  path: readonly string[],
  folders: readonly Folder[],
): NamedFile | undefined {
  const name = textAt(root, path);
  if (name === undefined || name === '') return undefined;
  const reading = readFile(name, folders);
  if (!('problem' in reading)) return reading;
  const expected = `a file in UTF-8, found from the ${folders.join(' or from the ')}`;
  report(faultAt(root, file, path, `${quoted(name)}, ${reading.problem}`, expected));
  return undefined;
}
