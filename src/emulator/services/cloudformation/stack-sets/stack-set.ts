import * as z from 'zod';
import { flag, number, tagList, text } from '../resources/property-shapes.ts';
import type { Stack, StackDefinition } from '../stack.ts';

const parameter = z.strictObject({ ParameterKey: text, ParameterValue: text });

/** The properties of a stack set that Organizations manages, as far as the local cloud knows them. */
export const stackSetShape = z.strictObject({
  StackSetName: text,
  Description: text.optional(),
  PermissionModel: z.literal('SERVICE_MANAGED'),
  AutoDeployment: z.strictObject({ Enabled: flag, RetainStacksOnAccountRemoval: flag.optional() }).optional(),
  ManagedExecution: z.strictObject({ Active: flag }).optional(),
  Capabilities: z.array(text).optional(),
  Parameters: z.array(parameter).optional(),
  StackInstancesGroup: z
    .array(
      z.strictObject({
        DeploymentTargets: z.strictObject({ OrganizationalUnitIds: z.array(text) }),
        Regions: z.array(text),
      }),
    )
    .optional(),
  OperationPreferences: z
    .strictObject({
      FailureToleranceCount: number.optional(),
      FailureTolerancePercentage: number.optional(),
      MaxConcurrentCount: number.optional(),
      MaxConcurrentPercentage: number.optional(),
      RegionConcurrencyType: z.enum(['PARALLEL', 'SEQUENTIAL']).optional(),
    })
    .optional(),
  TemplateBody: text,
  Tags: tagList,
});

export type StackSetProperties = z.infer<typeof stackSetShape>;

/** A stack set, and the stacks that it has made, by account and region. */
export interface StackSet {
  readonly id: string;
  readonly name: string;
  properties: StackSetProperties;
  definition: StackDefinition;
  readonly instances: Map<string, Stack>;
}
