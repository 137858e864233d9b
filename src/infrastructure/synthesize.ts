import { existsSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Settings } from '#domain/settings/settings.ts';
import { functionsFor } from '#functions/catalogue.ts';
import { bundleFunctions } from './bundle-functions.ts';
import { checkRegion } from './check-region.ts';
import { deploymentOf } from './deployment-of.ts';
import { createSystemApp, type AppOptions, type PlacedStack, type StackPlace } from './system-app.ts';
import { openTemporaryFolder, removeTemporaryFolder } from './temporary-folders.ts';

export interface SynthesizedStack {
  readonly name: string;
  readonly place: StackPlace;
  /** Undefined for what any member account may take. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly templateFile: string;
  readonly templateBytes: number;
  readonly resources: number;
}

/**
 * Turns settings into templates, code and settings objects, in a folder that the CDK knows how to deploy. Needs neither
 * network nor credentials. Throws UnknownRegion.
 */
export async function synthesize(
  settings: Settings,
  options: AppOptions,
): Promise<readonly SynthesizedStack[]> {
  for (const region of [settings.automation.region, ...options.identityCenterRegions]) checkRegion(region);
  const workFolder = openTemporaryFolder();
  try {
    const functions = functionsFor(settings);
    const bundles = await bundleFunctions(functions, workFolder);
    const plan = { settings, deployment: deploymentOf(settings), functions, bundles, workFolder };
    const output = resolve(options.output);
    forgetAssembly(output);
    const { app, stacks } = createSystemApp(plan, { ...options, output });
    const assembly = app.synth();
    return stacks.map((placed) => describe(placed, assembly));
  } finally {
    await removeTemporaryFolder(workFolder);
  }
}

/** Files of an earlier synthesis would only pile up; any other folder is left alone. */
function forgetAssembly(output: string): void {
  const isAssembly = ['cdk.out', 'manifest.json'].every((file) => existsSync(join(output, file)));
  if (isAssembly) rmSync(output, { recursive: true });
}

function describe({ stack, place }: PlacedStack, assembly: CloudAssembly): SynthesizedStack {
  const { template, templateFullPath } = assembly.getStackByName(stack.stackName);
  const { Resources } = template as { readonly Resources: object };
  return {
    name: stack.stackName,
    place,
    ...(place === 'member'
      ? { account: undefined, region: undefined }
      : { account: stack.account, region: stack.region }),
    templateFile: templateFullPath,
    templateBytes: statSync(templateFullPath).size,
    resources: Object.keys(Resources).length,
  };
}
