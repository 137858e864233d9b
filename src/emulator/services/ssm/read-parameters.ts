import type {
  GetParameterCommandInput,
  GetParameterCommandOutput,
  GetParameterHistoryCommandInput,
  GetParameterHistoryCommandOutput,
  GetParametersByPathCommandInput,
  GetParametersByPathCommandOutput,
  GetParametersCommandInput,
  GetParametersCommandOutput,
  Parameter,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Call } from '../../service.ts';
import { matcherOf } from './parameter-filters.ts';
import { checkedPath, keyOf, parameterArn, referenceFrom } from './parameter-name.ts';
import { shownValue } from './parameter-value.ts';
import { checkedNames, checkedSize, invalidToken, parameterNotFound } from './refusals.ts';
import { currentOf, type ParameterVersion, type ShelfOf, type StoredParameter } from './stored-parameters.ts';

type Output<T> = Omit<T, '$metadata'>;

/** Parameters read one by one, by name and by path. */
export function readParameters(shelfOf: ShelfOf) {
  function getParameter(input: GetParameterCommandInput, call: Call): Output<GetParameterCommandOutput> {
    const found = look(input.Name ?? '', call, input.WithDecryption);
    if (!found) throw parameterNotFound(input.Name ?? '');
    return { Parameter: found };
  }

  function getParameters(input: GetParametersCommandInput, call: Call): Output<GetParametersCommandOutput> {
    const found: Parameter[] = [];
    const missing: string[] = [];
    for (const name of new Set(checkedNames(input.Names))) {
      const parameter = lookQuietly(name, call, input.WithDecryption);
      if (parameter) found.push(parameter);
      else missing.push(name);
    }
    return { Parameters: found, InvalidParameters: missing };
  }

  /** Undefined when there is no such parameter. Throws ParameterVersionNotFound when it lacks that version. */
  function look(reference: string, call: Call, decrypted: boolean | undefined): Parameter | undefined {
    const { name, selector } = referenceFrom(call, reference);
    const parameter = shelfOf(call).find(name);
    if (!parameter) return undefined;
    const version = selector === undefined ? currentOf(parameter) : versionOf(parameter, selector);
    return version && shown(parameter, version, call, decrypted, selector);
  }

  function lookQuietly(reference: string, call: Call, decrypted: boolean | undefined): Parameter | undefined {
    try {
      return look(reference, call, decrypted);
    } catch (refusal) {
      if (refusal instanceof AwsError && refusal.code === 'ParameterVersionNotFound') return undefined;
      throw refusal;
    }
  }

  /** As on AWS, a page may be empty and more follow: it holds what matches of the next few names below the path. */
  function getParametersByPath(
    input: GetParametersByPathCommandInput,
    call: Call,
  ): Output<GetParametersByPathCommandOutput> {
    const path = checkedPath(input.Path);
    const size = checkedSize(input.MaxResults, 10);
    const matches = matcherOf(input.ParameterFilters ?? [], 'by path');
    const after = input.NextToken === undefined ? undefined : nameFrom(input.NextToken);
    const examined = shelfOf(call).range(path, after, size + 1);
    const within = (name: string) => input.Recursive || !keyOf(name).slice(path.length).includes('/');
    const page = examined.slice(0, size).filter((parameter) => within(parameter.name) && matches(parameter));
    const last = examined.length > size ? examined[size - 1] : undefined;
    return {
      Parameters: page.flatMap((parameter) => {
        const version = currentOf(parameter);
        return version ? [shown(parameter, version, call, input.WithDecryption)] : [];
      }),
      NextToken: last && tokenAfter(last.name),
    };
  }

  function getParameterHistory(
    input: GetParameterHistoryCommandInput,
    call: Call,
  ): Output<GetParameterHistoryCommandOutput> {
    const { name } = referenceFrom(call, input.Name ?? '');
    const parameter = shelfOf(call).find(name);
    if (!parameter) throw parameterNotFound(name);
    const page = pageOf(
      parameter.versions,
      input.NextToken,
      checkedSize(input.MaxResults, 50),
      invalidToken(),
    );
    return {
      Parameters: page.items.map((version) => ({
        ...describedVersion(parameter, version),
        Value: shownValue(version, input.WithDecryption),
        Labels: [],
      })),
      NextToken: page.next,
    };
  }

  return {
    GetParameter: getParameter,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    GetParameterHistory: getParameterHistory,
  };
}

/** A version of a parameter without its value, as lists and histories show it. */
export function describedVersion({ name }: StoredParameter, version: ParameterVersion) {
  return {
    Name: name,
    Type: version.type,
    KeyId: version.keyId,
    LastModifiedDate: version.modified,
    LastModifiedUser: version.modifiedBy,
    Description: version.description,
    AllowedPattern: version.allowedPattern,
    Version: version.version,
    Tier: version.tier,
    Policies: [],
    DataType: 'text',
  };
}

function shown(
  { name }: StoredParameter,
  version: ParameterVersion,
  call: Call,
  decrypted: boolean | undefined,
  selector?: string,
): Parameter {
  return {
    Name: name,
    Type: version.type,
    Value: shownValue(version, decrypted),
    Version: version.version,
    Selector: selector === undefined ? undefined : `:${selector}`,
    LastModifiedDate: version.modified,
    ARN: parameterArn(call, name),
    DataType: 'text',
  };
}

/** Labels are never given here, so a selector can only be a number. */
function versionOf({ name, versions }: StoredParameter, selector: string): ParameterVersion {
  const found = versions.find(({ version }) => String(version) === selector);
  if (found) return found;
  throw new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
  );
}

const tokenAfter = (name: string) => Buffer.from(`after:${name}`).toString('base64url');

function nameFrom(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('after:')) throw invalidToken();
  return text.slice('after:'.length);
}
