import type {
  DeleteParameterCommandInput,
  DeleteParametersCommandInput,
  DeleteParametersCommandOutput,
  PutParameterCommandInput,
  PutParameterCommandOutput,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../aws-error.ts';
import type { SimulatedClock } from '../../clock.ts';
import type { Call } from '../../service.ts';
import { checkedName, referenceFrom } from './parameter-name.ts';
import { checkValue, tierOf, typeOf } from './parameter-value.ts';
import { checkedNames, invalid, parameterNotFound, refuseMembers } from './refusals.ts';
import { currentOf, type ParameterVersion, type Shelf, type ShelfOf } from './stored-parameters.ts';
import { checkedTags } from './tagging.ts';

type Output<T> = Omit<T, '$metadata'>;

/** AWS keeps so many versions of a parameter, and drops the oldest beyond. */
const versionsKept = 100;

/** Parameters made, overwritten and deleted. */
export function writeParameters(clock: SimulatedClock, shelfOf: ShelfOf) {
  function putParameter(input: PutParameterCommandInput, call: Call): Output<PutParameterCommandOutput> {
    const shelf = shelfOf(call);
    const name = checkedName(call, input.Name);
    checkInput(input);
    const former = shelf.find(name);
    if (former && !input.Overwrite) throw alreadyExists();
    const version = nextVersion(input, call, former && currentOf(former), shelf);
    shelf.put({
      name: former?.name ?? name,
      versions: [...(former?.versions ?? []), version].slice(-versionsKept),
      tags: former?.tags ?? checkedTags(new Map(), input.Tags ?? []),
    });
    return { Version: version.version, Tier: version.tier };
  }

  /** What an overwriting request leaves out stays as it was. */
  function nextVersion(
    input: PutParameterCommandInput,
    { caller }: Call,
    former: ParameterVersion | undefined,
    shelf: Shelf,
  ): ParameterVersion {
    const type = typeOf(input.Type, former);
    const allowedPattern = input.AllowedPattern ?? former?.allowedPattern;
    checkValue(input, allowedPattern);
    const value = input.Value ?? '';
    return {
      version: (former?.version ?? 0) + 1,
      value,
      type,
      tier: tierOf(input.Tier, value, former, shelf),
      description: input.Description ?? former?.description,
      allowedPattern,
      keyId: type === 'SecureString' ? (input.KeyId ?? former?.keyId ?? 'alias/aws/ssm') : undefined,
      modified: new Date(clock.now()),
      modifiedBy: caller.arn,
    };
  }

  function deleteParameter(input: DeleteParameterCommandInput, call: Call) {
    const { name } = referenceFrom(call, input.Name ?? '');
    if (!shelfOf(call).remove(name)) throw parameterNotFound(name);
    return {};
  }

  function deleteParameters(
    input: DeleteParametersCommandInput,
    call: Call,
  ): Output<DeleteParametersCommandOutput> {
    const shelf = shelfOf(call);
    const names = [...new Set(checkedNames(input.Names))];
    const deleted = new Set(names.filter((name) => shelf.remove(referenceFrom(call, name).name)));
    return { DeletedParameters: [...deleted], InvalidParameters: names.filter((name) => !deleted.has(name)) };
  }

  return { PutParameter: putParameter, DeleteParameter: deleteParameter, DeleteParameters: deleteParameters };
}

function checkInput({ Policies, DataType = 'text', Overwrite, Tags, KeyId, Type }: PutParameterCommandInput) {
  refuseMembers('PutParameter', { Policies });
  if (DataType !== 'text') refuseMembers('PutParameter', { [`DataType ${DataType}`]: DataType });
  if (Overwrite && Tags && Tags.length > 0) {
    throw invalid(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please " +
        'remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or ' +
        'RemoveTagsFromResource.',
    );
  }
  if (KeyId !== undefined && Type !== undefined && Type !== 'SecureString') {
    throw invalid('KeyId is required for SecureString type parameter only.');
  }
}

function alreadyExists() {
  return new AwsError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );
}
