import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import { kebabCase } from './kebab-case.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const namespace = 'function';
/** Some packages that the SDK depends on still call `require`, which modules do not have. */
const requireInModules =
  "import{createRequire as createRequireHere}from'node:module';const require=createRequireHere(import.meta.url);";

/** The code of a function as Lambda takes it: a folder with `index.mjs` and the chunks that it reaches. */
export interface Bundle {
  readonly folder: string;
  readonly bytes: number;
}

export class FunctionFileMissing extends Error {
  override readonly name = 'FunctionFileMissing';
  readonly declared: string;
  constructor(declared: string, file: string) {
    super(`function ${declared} cannot be bundled: src/functions/${file} must export its declaration`);
    this.declared = declared;
  }
}

/** Bundles all functions in one run, each into a folder of its own; by name. Throws FunctionFileMissing. */
export async function bundleFunctions(
  declarations: readonly FunctionDeclaration[],
  folder: string,
): Promise<ReadonlyMap<string, Bundle>> {
  const entries = new Map<string, string>();
  for (const declaration of declarations) entries.set(declaration.name, await entryOf(declaration));
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entries.keys()].map((name) => ({ in: `${namespace}:${name}`, out: name })),
    plugins: [entriesPlugin(entries)],
    alias: { '@aws-sdk/credential-provider-node': join(root, 'src/runtime/lambda-credentials.ts') },
    bundle: true,
    splitting: true,
    minify: true,
    legalComments: 'none',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    banner: { js: requireInModules },
    outdir: '.',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const contents = new Map(outputFiles.map(({ path, contents }) => [path.slice(root.length), contents]));
  const bundles = [...entries.keys()].map((name) => {
    const files = reachableFrom(`${name}.mjs`, metafile);
    return [name, writeBundle(join(folder, name), files, contents)] as const;
  });
  return new Map(bundles);
}

/** What Lambda loads: the declaration of the function, and the connectors of the ports that it needs. */
async function entryOf(declaration: FunctionDeclaration): Promise<string> {
  const { name, needs } = declaration;
  const declared = await exportedName(declaration);
  return [
    `import { lambdaEntry } from '#runtime/lambda-entry.ts';`,
    `import { ${declared} } from '#functions/${fileOf(name)}';`,
    ...needs.map((port) => `import { ${port} } from '#runtime/connectors/${fileOf(port)}';`),
    `export const handler = lambdaEntry(${declared}, { ${needs.join(', ')} });`,
  ].join('\n');
}

async function exportedName(declaration: FunctionDeclaration): Promise<string> {
  const file = fileOf(declaration.name);
  const url = new URL(`../functions/${file}`, import.meta.url).href;
  const exported: Readonly<Record<string, unknown>> = await import(url).catch((cause: unknown) => {
    throw Object.assign(new FunctionFileMissing(declaration.name, file), { cause });
  });
  const [name] = Object.entries(exported).find(([, value]) => value === declaration) ?? [];
  if (name === undefined) throw new FunctionFileMissing(declaration.name, file);
  return name;
}

const fileOf = (name: string) => `${kebabCase(name)}.ts`;

function entriesPlugin(entries: ReadonlyMap<string, string>): Plugin {
  const filter = new RegExp(`^${namespace}:`);
  return {
    name: 'entries of functions',
    setup(builder) {
      builder.onResolve({ filter }, ({ path }) => ({ path: path.slice(namespace.length + 1), namespace }));
      builder.onLoad({ filter: /^/, namespace }, ({ path }) => ({
        contents: entries.get(path) ?? '',
        resolveDir: root,
        loader: 'ts',
      }));
    },
  };
}

/** A chunk that is imported on some path only is reached too. */
function reachableFrom(entry: string, { outputs }: Metafile): ReadonlySet<string> {
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const { path, external } of outputs[file]?.imports ?? []) if (!external) reached.add(path);
  }
  return reached;
}

function writeBundle(
  folder: string,
  files: ReadonlySet<string>,
  contents: ReadonlyMap<string, Uint8Array>,
): Bundle {
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  const [entry] = files;
  for (const file of files) {
    const content = contents.get(file) ?? new Uint8Array();
    bytes += content.byteLength;
    writeFileSync(join(folder, file === entry ? 'index.mjs' : file), content);
  }
  return { folder, bytes };
}
