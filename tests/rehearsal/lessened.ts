import { copyFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tmpdir } from 'node:os';
import type { Assembly } from '#local/deployed/assembly.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
}

interface PolicyDocument {
  Statement: readonly Statement[];
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly RoleName?: string;
    AssumeRolePolicyDocument?: object;
    Policies?: readonly { readonly PolicyDocument: PolicyDocument }[] | undefined;
    readonly PolicyDocument?: PolicyDocument;
  };
}

type Resources = Record<string, Resource>;

/** Takes something out of the resources of a template; answers whether it was there. */
export type Cut = (resources: Resources) => boolean;

/** A copy of an assembly in which one template lacks something. Throws where it has not had it. */
export async function lessened(assembly: Assembly, stack: string, cut: Cut): Promise<Assembly> {
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
  const template = JSON.parse(await readFile(file, 'utf8')) as { readonly Resources: Resources };
  if (!cut(template.Resources)) throw new Error(`${stack} has nothing of the kind`);
  await writeFile(file, JSON.stringify(template));
  return { folder, stacks, dispose: () => rm(folder, { recursive: true }) };
}

const roleOf = (resources: Resources, name: string) =>
  Object.values(resources).find(({ Properties }) => Properties.RoleName === name)?.Properties;

/** A role may no longer do one thing. */
export const withoutGrant =
  (role: string, action: string): Cut =>
  (resources) => {
    const properties = roleOf(resources, role);
    if (!properties) return false;
    const before = JSON.stringify(properties.Policies);
    for (const { PolicyDocument } of properties.Policies ?? []) {
      PolicyDocument.Statement = PolicyDocument.Statement.flatMap((statement) => {
        const left = [statement.Action].flat().filter((one) => one !== action);
        return left.length > 0 ? [{ ...statement, Action: left }] : [];
      });
    }
    properties.Policies = properties.Policies?.filter(
      ({ PolicyDocument }) => PolicyDocument.Statement.length > 0,
    );
    return JSON.stringify(properties.Policies) !== before;
  };

/** A role trusts somebody else, who is of no use. */
export const withoutTrust =
  (role: string): Cut =>
  (resources) => {
    const properties = roleOf(resources, role);
    if (properties) {
      const Principal = { Service: 'ec2.amazonaws.com' };
      const Statement = [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }];
      properties.AssumeRolePolicyDocument = { Version: '2012-10-17', Statement };
    }
    return properties !== undefined;
  };

/** The policy of a resource allows nothing any more. */
export const withoutLeave =
  (logicalId: string): Cut =>
  (resources) => {
    const policy = resources[logicalId]?.Properties.PolicyDocument;
    if (!policy) return false;
    const refusals = policy.Statement.filter(({ Effect }) => Effect === 'Deny');
    const hasAllowed = refusals.length < policy.Statement.length;
    policy.Statement = refusals;
    return hasAllowed;
  };

export const without =
  (logicalId: string): Cut =>
  (resources) => {
    const wasThere = logicalId in resources;
    delete resources[logicalId];
    return wasThere;
  };
