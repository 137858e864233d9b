import { AwsError } from '../../aws-error.ts';

export const invalidValue = (what: string) => new AwsError('InvalidParameterValueException', what);

export const missing = (what: string) =>
  new AwsError('MissingRequiredParameterException', `The parameter ${what} is required.`);

export const invalidToken = () => new AwsError('InvalidNextToken', 'The next token specified is invalid.');

/** What clients of the former query protocol know these errors by. */
export const queryCodes: ReadonlyMap<string, string> = new Map([
  ['InvalidParameterValueException', 'InvalidParameterValue'],
  ['MissingRequiredParameterException', 'MissingParameter'],
  ['InvalidParameterCombinationException', 'InvalidParameterCombination'],
  ['DashboardInvalidInputError', 'InvalidParameterInput'],
  ['DashboardNotFoundError', 'ResourceNotFound'],
  ['LimitExceededFault', 'LimitExceeded'],
]);
