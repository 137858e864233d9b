import * as z from 'zod/mini';
import { accountId, type AccountId } from '#domain/account.ts';
import type { Central } from '#domain/equipment.ts';
import { alertQueue } from '#events/alert-received.ts';
import type { Wiring } from '#events/trigger.ts';
import { tableShape, tablesIn, type RecordTables } from './record-tables.ts';

const levels = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;

/**
 * The variables that every function is given: written by what deploys it, read by what runs it. They hold names, never
 * a secret, and nothing of what the settings say about accounts.
 */
export const environmentShape = z.object({
  ENVIRONMENT_IDENTIFIER: z.string().check(z.minLength(1)),
  AUTOMATION_ACCOUNT: z.string().check(z.regex(/^\d{12}$/)),
  AUTOMATION_REGION: z.string().check(z.minLength(1)),
  MANAGEMENT_ROLE_ARN: z.string().check(z.startsWith('arn:')),
  MEMBER_ROLE_NAME: z.string().check(z.minLength(1)),
  TAG_PREFIX: z.string(),
  ARCHITECTURE: z.enum(['arm', 'intel']),
  /** Empty where OpsCenter keeps incidents. */
  RESPONSE_PLAN_ARN: z.string(),
  VERBOSITY: z.enum(levels),
  ...tableShape,
});

export type FunctionEnvironment = z.infer<typeof environmentShape>;
export type Level = (typeof levels)[number];

export class UnusableEnvironment extends Error {
  override readonly name = 'UnusableEnvironment';
  constructor(reasons: string) {
    super(`the variables of this function are incomplete, deploy it again: ${reasons}`);
  }
}

/** What a function knows of where it runs. */
export interface Surroundings {
  readonly account: AccountId;
  readonly managementRoleArn: string;
  readonly memberRoleName: string;
  /** Undefined where OpsCenter keeps incidents. */
  readonly responsePlanArn: string | undefined;
  readonly verbosity: Level;
  readonly tables: RecordTables;
  readonly central: Central;
  readonly wiring: Wiring;
}

/** Throws UnusableEnvironment. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Surroundings {
  const { success, data, error } = environmentShape.safeParse(variables);
  if (!success) throw new UnusableEnvironment(z.prettifyError(error));
  const account = accountId(data.AUTOMATION_ACCOUNT);
  const place = `${data.AUTOMATION_REGION}:${account}`;
  return {
    account,
    managementRoleArn: data.MANAGEMENT_ROLE_ARN,
    memberRoleName: data.MEMBER_ROLE_NAME,
    responsePlanArn: data.RESPONSE_PLAN_ARN || undefined,
    verbosity: data.VERBOSITY,
    tables: tablesIn(data),
    central: {
      environment: data.ENVIRONMENT_IDENTIFIER,
      automationAccount: account,
      region: data.AUTOMATION_REGION,
      busArn: `arn:aws:events:${place}:event-bus/default`,
      alertQueueArn: `arn:aws:sqs:${place}:${data.ENVIRONMENT_IDENTIFIER}${alertQueue}`,
      architecture: data.ARCHITECTURE,
    },
    wiring: {
      environment: data.ENVIRONMENT_IDENTIFIER,
      tagPrefix: data.TAG_PREFIX,
      maintenanceWindow: undefined,
    },
  };
}
