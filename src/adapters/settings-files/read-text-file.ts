import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { FileReading, Folder, ReadFile } from '#domain/settings/named-files.ts';

/** Reads files named by a settings file from its folder or from the working directory, whichever has them first. */
export function readFileBesides(settingsPath: string): ReadFile {
  return (name, folders) => {
    const readings = candidates(name, settingsPath, folders).map((path) => readTextFile(path));
    return readings.find((reading) => !isMissing(reading)) ?? { problem: missing };
  };
}

/** Reads a text in UTF-8, with or without a byte order mark. Throws where the disk itself fails. */
export function readTextFile(path: string): FileReading {
  try {
    return { path, text: decode(readFileSync(path)) };
  } catch (error) {
    const problem = problems.find(
      ([code]) => error instanceof Error && 'code' in error && error.code === code,
    );
    if (problem === undefined) throw error;
    return { problem: problem[1] };
  }
}

const missing = 'which is missing';

/** What the operator can mend. */
const problems: readonly (readonly [string, string])[] = [
  ['ENOENT', missing],
  ['ENOTDIR', missing],
  ['EISDIR', 'which is a folder'],
  ['EACCES', 'which may not be read'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'which is not in UTF-8 (save it again as UTF-8)'],
];

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

function isMissing(reading: FileReading): boolean {
  return 'problem' in reading && reading.problem === missing;
}

function candidates(name: string, settingsPath: string, folders: readonly Folder[]): readonly string[] {
  if (isAbsolute(name)) return [name];
  return folders.map((folder) => (folder === 'settings folder' ? join(dirname(settingsPath), name) : name));
}
