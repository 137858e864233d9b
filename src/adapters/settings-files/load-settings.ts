import type { SettingsEnvironment } from '#domain/settings/deployment-target.ts';
import { InvalidSettings } from '#domain/settings/invalid-settings.ts';
import { readSettings } from '#domain/settings/read-settings.ts';
import type { SettingsReading } from '#domain/settings/read-settings.ts';
import { settingsFault } from '#domain/settings/settings-fault.ts';
import type { Settings } from '#domain/settings/settings.ts';
import { readFileBesides, readTextFile } from './read-text-file.ts';

/** The settings of a file, ready to deploy and decide by. Throws InvalidSettings, which tells every fault. */
export async function loadSettings(
  path: string,
  environment: SettingsEnvironment = process.env,
): Promise<Settings> {
  const reading = readSettingsFile(path, environment);
  if ('faults' in reading) throw new InvalidSettings(path, reading.faults);
  return reading.settings;
}

/** Reads a settings file and the files that it names. A missing or unreadable settings file is a fault too. */
export function readSettingsFile(
  path: string,
  environment: SettingsEnvironment = process.env,
): SettingsReading {
  const reading = readTextFile(path);
  if ('text' in reading) {
    return readSettings({ ...reading, readFile: readFileBesides(path), environment });
  }
  const expected =
    'a settings file (copy settings.example.yaml to begin, or name another with --settings or SETTINGS)';
  return {
    faults: [
      settingsFault({ file: path, line: 0, keyPath: '', found: `a file ${reading.problem}`, expected }),
    ],
  };
}
