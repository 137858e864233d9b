import type { Dimension as SdkDimension } from '@aws-sdk/client-cloudwatch';
import { invalidValue, missing } from './cloudwatch-refusals.ts';
import type { Dimension } from './metric-identity.ts';

const mostDimensions = 30;
const longestValue = 1024;
const longestName = 255;

/** A number as the wire has it: a number, or text in the query protocol. Throws InvalidParameterValueException. */
export function numberIn(value: unknown, name: string): number {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw invalidValue(`The parameter ${name} must be a number.`);
  return number;
}

/** Milliseconds since the epoch of a moment as the wire has it: epoch seconds, or ISO text. Throws InvalidParameterValueException. */
export function timeIn(value: unknown, name: string): number {
  if (typeof value === 'number') return value * 1000;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw invalidValue(`The parameter ${name} must be a timestamp.`);
  return time;
}

/** Throws MissingRequiredParameterException or InvalidParameterValueException. */
export function nameIn(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw missing(name);
  if (value.length > longestName || (name === 'Namespace' && value.startsWith(':')))
    throw invalidValue(`The value ${value} for parameter ${name} is invalid.`);
  return value;
}

/** Dimensions hold ASCII text that is not blank, as AWS demands. Throws InvalidParameterValueException. */
export function dimensionsIn(dimensions: readonly SdkDimension[] = []): readonly Dimension[] {
  if (dimensions.length > mostDimensions)
    throw invalidValue(`The collection Dimensions must not have a size greater than ${mostDimensions}.`);
  const names = new Set(dimensions.map(({ Name }) => Name));
  if (names.size < dimensions.length) throw invalidValue('No parameter may be given twice in Dimensions.');
  return dimensions.map(({ Name, Value }) => ({ name: nameIn(Name, 'Dimensions.Name'), value: text(Value) }));
}

function text(value = ''): string {
  if (!/^[\x20-\x7E]+$/.test(value) || value.trim() === '' || value.length > longestValue)
    throw invalidValue('The value of a dimension must be ASCII text of 1 to 1024 characters.');
  return value;
}
