import { App, Tags, type Stack } from 'aws-cdk-lib';
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import { createAutomationStack } from './automation-stack.ts';
import { createItemsStacks } from './items-stacks.ts';
import { createManagementStacks } from './management-stacks.ts';
import { createMemberStack } from './member-stack.ts';
import type { Plan } from './plan.ts';

/** Where a stack belongs: in one of the two central accounts, or in any member account. */
export type StackPlace = 'automation' | 'management' | 'member';

export interface PlacedStack {
  readonly stack: Stack;
  readonly place: StackPlace;
}

export interface AppOptions {
  /** Folder of the cloud assembly. */
  readonly output: string;
  /** Where people log in to the console, beside us-east-1 and the region of the system. */
  readonly identityCenterRegions: readonly string[];
  /** Have the CDK check templates against the schemas of their resources, which takes 3 s more. */
  readonly validate: boolean;
}

/** All stacks of the system, in the order in which they may be deployed. */
export function createSystemApp(
  plan: Plan,
  { output: outdir, identityCenterRegions, validate: builtinCloudFormationValidation }: AppOptions,
): { readonly app: App; readonly stacks: readonly PlacedStack[] } {
  const app = new App({
    outdir,
    builtinCloudFormationValidation,
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
    // Traces would put the folders of this machine into the assembly.
    context: { [DISABLE_CREATION_STACK_TRACES]: true },
  });
  const placed = (place: StackPlace, ...stacks: readonly Stack[]) =>
    stacks.map((stack) => ({ stack, place }));
  const central = [
    ...placed('automation', createAutomationStack(app, plan), ...createItemsStacks(app, plan)),
    ...placed('management', ...createManagementStacks(app, plan, identityCenterRegions)),
  ];
  for (const { stack } of central) {
    for (const [key, value] of Object.entries(plan.settings.automation.tags)) Tags.of(stack).add(key, value);
  }
  return { app, stacks: [...central, ...placed('member', createMemberStack(app, plan.settings))] };
}
