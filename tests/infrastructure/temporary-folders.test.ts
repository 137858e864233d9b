import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  openTemporaryFolder,
  removeTemporaryFolder,
  removeTemporaryFolders,
} from '#infrastructure/temporary-folders.ts';

describe('a temporary folder', () => {
  it('is removed when it is no longer needed', async () => {
    const folder = openTemporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');

    await removeTemporaryFolder(folder);

    expect(existsSync(folder)).toBe(false);
  });

  it('is removed when the process ends before it is done', () => {
    const folder = openTemporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');

    removeTemporaryFolders();

    expect(existsSync(folder)).toBe(false);
  });
});
