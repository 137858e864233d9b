import { labelledFiles, parameterFile } from './named-files.ts';
import type { SettingsSource } from './named-files.ts';
import type { NamedFile, WorkerSettings } from './settings.ts';
import { partAt } from './written.ts';
import type { Written } from './written.ts';

/** The files that the settings name and that travel to functions through Parameter Store. */
export interface ParameterFiles {
  readonly worker: WorkerSettings;
  /** By label. */
  readonly endUserDocuments: Readonly<Record<string, NamedFile>>;
  /** By name as written. */
  readonly notificationDocuments: Readonly<Record<string, NamedFile>>;
}

/** Reads them all; each one that is missing, unreadable or too long is told. */
export function readParameterFiles(source: SettingsSource): ParameterFiles {
  return {
    worker: {
      preparationBuildspec: parameterFile(source, ['worker', 'preparation_buildspec_template_file']),
      purgeBuildspec: parameterFile(source, ['worker', 'purge_buildspec_template_file']),
    },
    endUserDocuments: labelledFiles(source, ['features', 'with_end_user_documents']),
    notificationDocuments: notificationDocuments(source),
  };
}

/** Thousands of items may name the same document: it is read once. */
function notificationDocuments(source: SettingsSource): Readonly<Record<string, NamedFile>> {
  const documents = new Map<string, NamedFile | undefined>();
  for (const path of levelPaths(source.root)) {
    const documentsPath = [...path, 'notifications', 'documents'];
    for (const [label, { value }] of partAt(source.root, documentsPath)?.parts ?? []) {
      if (typeof value !== 'string' || documents.has(value)) continue;
      documents.set(value, parameterFile(source, [...documentsPath, label]));
    }
  }
  return Object.fromEntries(
    [...documents].flatMap(([name, document]) => (document ? [[name, document]] : [])),
  );
}

function levelPaths(root: Written): readonly (readonly string[])[] {
  const items = (list: string) =>
    [...(partAt(root, [list])?.parts.keys() ?? [])].map((index) => [list, index]);
  return [['defaults'], ...items('organizational_units'), ...items('accounts')];
}
