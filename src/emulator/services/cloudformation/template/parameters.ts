import { AwsError } from '../../../aws-error.ts';
import { invalid, templateFault } from '../refusals.ts';
import type { ParameterDeclaration, Template } from './template.ts';

export interface GivenParameter {
  readonly ParameterKey?: string;
  readonly ParameterValue?: string;
  readonly UsePreviousValue?: string | boolean;
}

/** A parameter of a stack: what was given for it, and what it stands for. */
export interface ParameterValue {
  readonly written: string;
  /** A list for list types, text otherwise; of a parameter of Parameter Store, what was found there. */
  readonly value: string | readonly string[];
  readonly isHidden: boolean;
}

export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/** Finds the value of a parameter of Parameter Store. Throws ValidationError. */
export type LookUpParameter = (name: string) => Promise<string>;

const storedType = /^AWS::SSM::Parameter::Value<(.+)>$/;
const listType = /^(CommaDelimitedList|List<.+>)$/;

/** The values of all parameters of a template: those given, those of before, else the defaults. Throws ValidationError. */
export async function parameterValues(
  { parameters }: Template,
  given: readonly GivenParameter[],
  former: ParameterValues,
  lookUp: LookUpParameter,
): Promise<ParameterValues> {
  const written = writtenValues(parameters, given, former);
  const missing = Object.keys(parameters).filter((name) => !written.has(name));
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  const values = new Map<string, ParameterValue>();
  for (const [name, text] of written) {
    const declared = parameters[name] as ParameterDeclaration;
    values.set(name, await valueOf(name, text, declared, lookUp));
  }
  return values;
}

function writtenValues(
  declared: Template['parameters'],
  given: readonly GivenParameter[],
  former: ParameterValues,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, { Default }] of Object.entries(declared))
    if (Default !== undefined) values.set(name, defaultOf(name, Default));
  const unknown = given.flatMap(({ ParameterKey: name = '' }) =>
    Object.hasOwn(declared, name) ? [] : [name],
  );
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  for (const { ParameterKey: name = '', ParameterValue: value, UsePreviousValue: asBefore } of given) {
    const text = String(asBefore) === 'true' ? former.get(name)?.written : value;
    if (text === undefined) throw invalid(`Parameter ${name} has neither a value nor one of before`);
    values.set(name, text);
  }
  return values;
}

function defaultOf(name: string, written: unknown): string {
  if (typeof written === 'string' || typeof written === 'number' || typeof written === 'boolean')
    return String(written);
  throw templateFault(`Every Default member must be a string: that of ${name} is none`);
}

async function valueOf(
  name: string,
  written: string,
  declared: ParameterDeclaration,
  lookUp: LookUpParameter,
): Promise<ParameterValue> {
  check(name, written, declared);
  const isHidden = String(declared.NoEcho) === 'true';
  const [, stored] = storedType.exec(declared.Type) ?? [];
  const text = stored === undefined ? written : await lookUp(written);
  return { written, isHidden, value: typed(name, text, stored ?? declared.Type) };
}

function typed(name: string, text: string, type: string): string | readonly string[] {
  if (listType.test(type)) return text === '' ? [] : text.split(',').map((item) => item.trim());
  if (type === 'Number' && !/^-?\d+(\.\d+)?$/.test(text))
    throw invalid(`Parameter '${name}' must be a number.`);
  if (type !== 'String' && type !== 'Number')
    throw new AwsError(
      'ValidationError',
      `The local cloud does not know the type ${type} of parameters`,
      501,
    );
  return text;
}

function check(name: string, value: string, declared: ParameterDeclaration): void {
  const { AllowedPattern: pattern, AllowedValues: allowed, ConstraintDescription: description } = declared;
  const failed = (rule: string) => {
    const told = typeof description === 'string' ? description : rule;
    return invalid(`Parameter '${name}' failed to satisfy constraint: ${told}`);
  };
  if (typeof pattern === 'string' && !new RegExp(`^(?:${pattern})$`).test(value))
    throw failed(`must match pattern ${pattern}`);
  if (Array.isArray(allowed) && !allowed.map(String).includes(value))
    throw invalid(`Parameter '${name}' must be one of AllowedValues`);
  checkBound(value.length, declared.MinLength, declared.MaxLength, () =>
    failed('has a length out of bounds'),
  );
  checkBound(Number(value), declared.MinValue, declared.MaxValue, () => failed('is a number out of bounds'));
}

function checkBound(found: number, least: unknown, most: unknown, fault: () => AwsError): void {
  if (least !== undefined && !(found >= Number(least))) throw fault();
  if (most !== undefined && !(found <= Number(most))) throw fault();
}
