import { AwsError } from '../../aws-error.ts';

/** What is wrong with a request or with its template, in CloudFormation's words. */
export const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

/** Status 501 for what AWS may know and the local cloud does not. */
export const templateFault = (message: string, status: 400 | 501 = 400): AwsError =>
  new AwsError('ValidationError', `Template format error: ${message}`, status);

export const alreadyExists = (name: string): AwsError =>
  new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);

export const noSuchStack = (name: string): AwsError => invalid(`Stack with id ${name} does not exist`);

/** IAM may only be changed by those who say that they know it. */
export const missingCapability = (capability: string): AwsError =>
  new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${capability}]`);
