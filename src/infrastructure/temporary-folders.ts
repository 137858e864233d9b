import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const inUse = new Set<string>();

/** Opens a folder for what lasts no longer than the process. Write there synchronously, so that an end finds it whole. */
export function openTemporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'spa-'));
  inUse.add(folder);
  return folder;
}

export async function removeTemporaryFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  inUse.delete(folder);
}

/** Removes those that are left, when the process ends before it is done. */
export function removeTemporaryFolders(): void {
  for (const folder of inUse) rmSync(folder, { recursive: true, force: true });
  inUse.clear();
}
