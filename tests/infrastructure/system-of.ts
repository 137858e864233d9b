import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import type { Settings } from '#domain/settings/settings.ts';
import { functionsFor } from '#functions/catalogue.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import { deploymentOf } from '#infrastructure/deployment-of.ts';
import { createSystemApp, type PlacedStack } from '#infrastructure/system-app.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface System {
  readonly app: App;
  /** Folder of the assembly. */
  readonly output: string;
  readonly stacks: readonly PlacedStack[];
  /** Resources of a stack, by logical id; the stack is named without the environment identifier. */
  readonly resourcesOf: (stack: string) => Readonly<Record<string, Resource>>;
  /** Of all stacks. */
  readonly resources: readonly Resource[];
}

interface SystemOptions {
  readonly functions?: readonly FunctionDeclaration[];
  readonly identityCenterRegions?: readonly string[];
}

/** The stacks for some settings, with code that does nothing. */
export function systemOf(settings: Settings, options: SystemOptions = {}): System {
  const { functions = functionsFor(settings), identityCenterRegions = [] } = options;
  const workFolder = mkdtempSync(join(tmpdir(), 'spa-system-'));
  const folder = mkdtempSync(join(tmpdir(), 'spa-code-'));
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => {};');
  const bundles = new Map(functions.map(({ name }) => [name, { folder, bytes: 0 }]));
  const plan = { settings, deployment: deploymentOf(settings), functions, bundles, workFolder };
  const output = mkdtempSync(join(tmpdir(), 'spa-output-'));
  const { app, stacks } = createSystemApp(plan, { output, identityCenterRegions, validate: false });
  const assembly = app.synth();
  const read = (name: string) =>
    (assembly.getStackByName(name).template as { Resources: Record<string, Resource> }).Resources;
  return {
    app,
    output,
    stacks,
    resourcesOf: (stack) => read(`${settings.environment}${stack}`),
    resources: stacks.flatMap(({ stack }) => Object.values(read(stack.stackName))),
  };
}

export const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter(({ Type }) => Type === type);

export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

/** Statements of the policies that roles bear. */
export function grantedBy({ Properties }: Resource): readonly PolicyStatement[] {
  const policies = Properties['Policies'] as readonly {
    readonly PolicyDocument: { readonly Statement: readonly PolicyStatement[] };
  }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Statements of the policy of a queue, a topic or a bucket. */
export function statementsOf({ Properties }: Resource): readonly PolicyStatement[] {
  const document = Properties['PolicyDocument'] as { readonly Statement: readonly PolicyStatement[] };
  return document.Statement;
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
