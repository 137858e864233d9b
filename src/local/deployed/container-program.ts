import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

let program: Promise<string> | undefined;

/** What a container runs around the code of its function, as one script: no container has to strip types. */
export function containerProgram(): Promise<string> {
  return (program ??= bundle());
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('inside/main.ts', import.meta.url))],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
