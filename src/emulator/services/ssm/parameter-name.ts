import { AwsError, notImplemented } from '../../aws-error.ts';
import type { Call } from '../../service.ts';
import { invalid, violation } from './refusals.ts';

type Where = Pick<Call, 'account' | 'region'>;

/** Characters that a parameter's ARN may have in all, and levels that its name may have. */
const longestArn = 1011;
const mostLevels = 15;

const arnPrefix = ({ account, region }: Where) => `arn:aws:ssm:${region}:${account}:parameter`;

/** `foo` and `/foo` name the same parameter. */
export const keyOf = (name: string) => (name.startsWith('/') ? name : `/${name}`);

export const parameterArn = (where: Where, name: string) => `${arnPrefix(where)}${keyOf(name)}`;

/** What GetParametersByPath needs permission for: the path, without a slash at its end. */
export const pathArn = (where: Where, path: string) =>
  `${arnPrefix(where)}${path.replace(/\/+$/, '') || '/'}`;

/** `name`, `name:version` or `name:label`, or the parameter's ARN followed by those. */
export interface Reference {
  readonly name: string;
  readonly selector?: string;
}

export function referenceFrom(where: Where, text: string): Reference {
  const prefix = arnPrefix(where);
  const local = text.startsWith(`${prefix}/`) ? text.slice(prefix.length) : text;
  if (local.startsWith('arn:')) return { name: local };
  const [name = '', selector] = local.split(':');
  refusePublic(name);
  return selector === undefined ? { name } : { name, selector };
}

/** Throws as PutParameter does for names that AWS does not take. */
export function checkedName(where: Where, given: string | undefined): string {
  const name = (given ?? '').trim();
  if (name === '') throw violation('name', given, 'have length greater than or equal to 1');
  if (/^\/?(aws|ssm)/i.test(name)) throw reserved(name);
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name) || name.includes('//') || name.endsWith('/')) {
    throw invalid(
      'Parameter name: can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of ' +
        `letters, numbers and the following 3 symbols .-_ (found: ${name})`,
    );
  }
  if (!name.startsWith('/') && name.includes('/'))
    throw invalid('Parameter name must be a fully qualified name.');
  if (parameterArn(where, name).length > longestArn) {
    throw invalid(`Parameter name: the ARN of a parameter can't be longer than ${longestArn} characters.`);
  }
  if (keyOf(name).split('/').length - 1 > mostLevels) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${mostLevels} levels: ${name}`,
    );
  }
  return name;
}

/** Throws ValidationException for what is no path; gives it with a slash at its end. */
export function checkedPath(given: string | undefined): string {
  const path = (given ?? '').trim();
  refusePublic(path);
  if (!/^\/[a-zA-Z0-9_.\-/]*$/.test(path) || path.includes('//') || /^\/ssm/i.test(path)) {
    throw invalid(
      "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward " +
        'slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, ' +
        'numbers, or the following symbols: . (period), - (hyphen), _ (underscore).',
    );
  }
  return path.endsWith('/') ? path : `${path}/`;
}

function reserved(name: string): AwsError {
  if (/^\/aws/i.test(name)) {
    return new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  }
  return invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
}

/** AWS publishes parameters of its own under `/aws/`, which would be wrongly missed here. */
function refusePublic(name: string) {
  if (/^\/aws(\/|$)/i.test(name)) throw notImplemented('ssm', `the public parameter ${name}`);
}
