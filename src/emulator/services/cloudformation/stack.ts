import type { AccountId } from '#domain/account.ts';
import type { ParameterValues } from './template/parameters.ts';
import type { Policy, Template } from './template/template.ts';
import type { Resource } from './resources/resource-provider.ts';

/** An account and a region. */
export interface Place {
  readonly account: AccountId;
  readonly region: string;
}

type Doing = 'CREATE' | 'UPDATE' | 'DELETE';

export type ResourceStatus = `${Doing}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}` | 'DELETE_SKIPPED';

export type StackStatus =
  | `${Doing | 'ROLLBACK' | 'UPDATE_ROLLBACK'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'REVIEW_IN_PROGRESS';

/** A resource that a stack has made, and what it was made from. */
export interface StackResource extends Resource {
  readonly logicalId: string;
  readonly type: string;
  /** Resolved. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly dependsOn: ReadonlySet<string>;
  readonly deletionPolicy: Policy;
  readonly updateReplacePolicy: Policy;
}

/** Where a resource stands, told to people; it is there from the first attempt to make the resource on. */
export interface ResourceState {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: ResourceStatus;
  readonly reason: string | undefined;
  readonly changedAt: number;
}

export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: ResourceStatus | StackStatus;
  readonly reason: string | undefined;
  readonly time: number;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

/** What a stack is to be. */
export interface StackDefinition {
  readonly template: Template;
  readonly parameters: ParameterValues;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
}

/** A stack of one account and region. */
export interface Stack extends Place {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  updatedAt: number | undefined;
  deletedAt: number | undefined;
  status: StackStatus;
  reason: string | undefined;
  definition: StackDefinition;
  /** Access key by which the stack acts: that of whoever asked, or of the stack's own role. */
  accessKeyId: string;
  readonly roleArn: string | undefined;
  readonly disableRollback: boolean;
  readonly isProtected: boolean;
  readonly resources: Map<string, StackResource>;
  readonly states: Map<string, ResourceState>;
  /** The oldest first. */
  readonly events: StackEvent[];
  outputs: readonly StackOutput[];
  /** Names of exports of other stacks that this one has taken. */
  readonly imports: Set<string>;
}
