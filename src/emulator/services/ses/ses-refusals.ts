import { AwsError } from '../../aws-error.ts';

export const badRequest = (message: string) => new AwsError('BadRequestException', message);

export const messageRejected = (message: string) => new AwsError('MessageRejected', message);

export const noSuchIdentity = (name: string) =>
  new AwsError('NotFoundException', `Email identity ${name} does not exist.`, 404);

export const identityExists = (name: string) =>
  new AwsError('AlreadyExistsException', `Email identity ${name} already exist.`);
