import type { Settings } from '#domain/settings/settings.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import type { Bundle } from './bundle-functions.ts';
import type { Deployment } from './grants.ts';
import type { Statement } from './statements.ts';

/** What the stacks are made from. */
export interface Plan {
  readonly settings: Settings;
  readonly deployment: Deployment;
  /** Those that the settings ask for. */
  readonly functions: readonly FunctionDeclaration[];
  /** Code of the functions, by name. */
  readonly bundles: ReadonlyMap<string, Bundle>;
  /** Where files for assets may be written. */
  readonly workFolder: string;
}

/** Parts of the stack of the automation account that functions lean on. */
export interface SharedParts {
  readonly alarmTopicArn: string;
  /** Who may send to the queue of alerts, beside our own functions. */
  readonly alertSenders: readonly Statement[];
}

/** ARN of something in the automation account, in the region of the system. */
export function centralArn({ account, region }: Deployment, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** Of the roles of all functions; the management role trusts what is on it. */
export const functionRolesPath = ({ environment }: Pick<Deployment, 'environment'>): string =>
  `/${environment}/`;

/** Every name in the cloud begins with the environment identifier. */
export const nameOf = ({ environment }: Pick<Deployment, 'environment'>, name: string): string =>
  `${environment}${name}`;
