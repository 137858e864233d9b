import { InvalidInputException } from '@aws-sdk/client-codebuild';

/** Whether CodeBuild says that it cannot take the role of a project: it is not there, does not trust it, or is too new. */
export const isRoleRefused = (fault: unknown): boolean =>
  fault instanceof InvalidInputException && /AssumeRole/i.test(fault.message);
