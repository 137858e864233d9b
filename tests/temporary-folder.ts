import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { env } from 'node:process';

/** Whatever tests leave among temporary files goes when all of them are over. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spa-tests-'));
  env['TMPDIR'] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
