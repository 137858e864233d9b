import { createHash } from 'node:crypto';
import type { ParameterType, PutParameterCommandInput } from '@aws-sdk/client-ssm';
import { AwsError } from '../../aws-error.ts';
import { invalid, violation } from './refusals.ts';
import type { ParameterVersion, Shelf } from './stored-parameters.ts';

type Tier = ParameterVersion['tier'];

/** Bytes that a value may have, and parameters that an account may have in a region. */
const limits = {
  Standard: { bytes: 4096, parameters: 10_000 },
  Advanced: { bytes: 8192, parameters: 100_000 },
} as const;

const tiers = ['Standard', 'Advanced', 'Intelligent-Tiering'];
const types = ['String', 'StringList', 'SecureString'] as const;

/** The type of a parameter is given when it is made, and never changes. */
export function typeOf(given: string | undefined, former: ParameterVersion | undefined): ParameterType {
  const type = types.find((type) => type === given) ?? (given === undefined ? former?.type : undefined);
  if (given === undefined && !type)
    throw invalid('A parameter type is required when you create a parameter.');
  if (!type) {
    throw violation('type', given, 'satisfy enum value set: [SecureString, StringList, String]');
  }
  if (former && former.type !== type) {
    throw new AwsError(
      'HierarchyTypeMismatchException',
      `The parameter is of type ${former.type}, which can't be changed to ${type}. Create a new parameter.`,
    );
  }
  return type;
}

/** Intelligent tiering takes the standard tier for as long as it suffices; nothing goes back to it. */
export function tierOf(
  given: string | undefined,
  value: string,
  former: ParameterVersion | undefined,
  shelf: Shelf,
): Tier {
  if (given !== undefined && !tiers.includes(given)) {
    throw violation('tier', given, `satisfy enum value set: [${tiers.join(', ')}]`);
  }
  const bytes = Buffer.byteLength(value);
  const suffices = bytes <= limits.Standard.bytes && former?.tier !== 'Advanced';
  if (given === 'Standard' && former?.tier === 'Advanced') {
    throw invalid(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the " +
        'advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced ' +
        'parameter and recreate it as a standard parameter.',
    );
  }
  const fitting: Tier = suffices ? 'Standard' : 'Advanced';
  const asked: Tier = given === 'Advanced' ? 'Advanced' : (former?.tier ?? 'Standard');
  const tier = given === 'Intelligent-Tiering' ? fitting : asked;
  if (bytes > limits[tier].bytes) throw tooLarge(tier);
  checkRoom(tier, former, shelf);
  return tier;
}

function checkRoom(tier: Tier, former: ParameterVersion | undefined, shelf: Shelf) {
  if (former?.tier !== tier && shelf.count(tier) >= limits[tier].parameters) {
    throw new AwsError(
      'ParameterLimitExceeded',
      `You have exceeded the number of ${tier.toLowerCase()} parameters (${limits[tier].parameters}) for this ` +
        'account and region. Delete one or more parameters and try again.',
    );
  }
}

function tooLarge(tier: Tier) {
  const sentence = `${tier} tier parameters support a maximum parameter value of ${limits[tier].bytes} characters.`;
  const advice =
    ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more ' +
    'information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html';
  return invalid(tier === 'Standard' ? sentence + advice : sentence);
}

/** Throws when the value is empty, or is not what the parameter's pattern allows. */
export function checkValue({ Value: value }: PutParameterCommandInput, allowedPattern: string | undefined) {
  if (!value) throw violation('value', '', 'have length greater than or equal to 1');
  if (allowedPattern === undefined) return;
  if (!compiled(allowedPattern).test(value)) {
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
  }
}

function compiled(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (cause) {
    throw new AwsError(
      'InvalidAllowedPatternException',
      `The pattern ${pattern} is not valid: ${String(cause)}`,
    );
  }
}

/** What a secure value looks like to whoever does not ask for its decryption. */
export function shownValue({ type, value, keyId }: ParameterVersion, decrypted: boolean | undefined): string {
  if (type !== 'SecureString' || decrypted) return value;
  return createHash('sha256').update(`${keyId} ${value}`).digest('base64');
}
