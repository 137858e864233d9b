import { copyFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tmpdir } from 'node:os';
import type { Assembly } from '#local/deployed/assembly.ts';

interface Statement {
  readonly Action: string | readonly string[];
}

interface Role {
  readonly Type: string;
  readonly Properties: {
    readonly RoleName?: string;
    readonly Policies?: readonly { readonly PolicyDocument: { Statement: readonly Statement[] } }[];
  };
}

/** A copy of an assembly in which one role of one stack is no longer granted one action. */
export async function withoutGrant(
  assembly: Assembly,
  stack: string,
  role: string,
  action: string,
): Promise<Assembly> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spa-lessened-'));
  for (const entry of await readdir(assembly.folder, { withFileTypes: true })) {
    const [from, to] = [path.join(assembly.folder, entry.name), path.join(folder, entry.name)];
    await (entry.isDirectory() ? symlink(from, to) : copyFile(from, to));
  }
  const stacks = assembly.stacks.map((one) => ({
    ...one,
    templateFile: path.join(folder, path.basename(one.templateFile)),
  }));
  const file = path.join(folder, `${stack}.template.json`);
  const template = JSON.parse(await readFile(file, 'utf8')) as { readonly Resources: Record<string, Role> };
  const lessened = Object.values(template.Resources).filter((resource) => takeAway(resource, role, action));
  if (lessened.length !== 1)
    throw new Error(`${stack} grants ${action} to ${lessened.length} roles like ${role}`);
  await writeFile(file, JSON.stringify(template));
  return { folder, stacks, dispose: () => rm(folder, { recursive: true }) };
}

/** Whether the resource is that role, and was granted the action until now. */
function takeAway({ Type, Properties }: Role, role: string, action: string): boolean {
  if (Type !== 'AWS::IAM::Role' || !Properties.RoleName?.endsWith(role)) return false;
  let taken = false;
  for (const { PolicyDocument } of Properties.Policies ?? []) {
    PolicyDocument.Statement = PolicyDocument.Statement.flatMap((statement) => {
      const actions = [statement.Action].flat();
      const left = actions.filter((one) => one !== action);
      taken ||= left.length < actions.length;
      return left.length > 0 ? [{ ...statement, Action: left }] : [];
    });
  }
  return taken;
}
