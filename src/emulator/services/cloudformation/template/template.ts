import { isRecord, type Members } from './members.ts';
import { templateFault } from '../refusals.ts';
import { readYaml } from './yaml-document.ts';

/** A template as it was written; what it refers to is not resolved yet. */
export interface Template {
  readonly text: string;
  readonly description: string | undefined;
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly mappings: Members;
  readonly conditions: Members;
  readonly rules: Members;
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
}

export interface ParameterDeclaration {
  readonly Type: string;
  readonly Default?: unknown;
  readonly AllowedPattern?: unknown;
  readonly AllowedValues?: unknown;
  readonly MinLength?: unknown;
  readonly MaxLength?: unknown;
  readonly MinValue?: unknown;
  readonly MaxValue?: unknown;
  readonly ConstraintDescription?: unknown;
  readonly Description?: unknown;
  readonly NoEcho?: unknown;
}

export interface ResourceDeclaration {
  readonly type: string;
  readonly properties: Members;
  readonly condition: string | undefined;
  readonly dependsOn: readonly string[];
  /** What becomes of it when it leaves the stack, or is replaced by another. */
  readonly deletionPolicy: Policy;
  readonly updateReplacePolicy: Policy;
}

export type Policy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';

export interface OutputDeclaration {
  readonly Value: unknown;
  readonly Description?: unknown;
  readonly Condition?: unknown;
  readonly Export?: unknown;
}

const sections = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Resources',
  'Outputs',
]);

/** Reads a template in JSON or YAML. Throws ValidationError. */
export function readTemplate(text: string): Template {
  const document = documentIn(text);
  const unknown = Object.keys(document).filter((name) => !sections.has(name));
  if (unknown.length > 0)
    throw templateFault(`Invalid template property or properties [${unknown.join(', ')}]`);
  const resources = Object.entries(section(document, 'Resources'));
  if (resources.length === 0) throw templateFault('At least one Resources member must be defined.');
  return {
    text,
    description: typeof document['Description'] === 'string' ? document['Description'] : undefined,
    parameters: declarations(document, 'Parameters', isParameter, 'must name its Type'),
    mappings: section(document, 'Mappings'),
    conditions: section(document, 'Conditions'),
    rules: section(document, 'Rules'),
    resources: Object.fromEntries(resources.map(([id, written]) => [id, resourceFrom(id, written)])),
    outputs: declarations(document, 'Outputs', isOutput, 'must have a Value'),
  };
}

/** What a template says, in whatever format it is written. Throws ValidationError. */
export function documentIn(text: string): Members {
  const isJson = text.trimStart().startsWith('{');
  let document: unknown;
  try {
    document = isJson ? JSON.parse(text) : readYaml(text);
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw templateFault(`${isJson ? 'JSON' : 'YAML'} not well-formed. (${reason})`);
  }
  if (!isRecord(document)) throw templateFault('unsupported structure.');
  return document;
}

function section(document: Members, name: string): Members {
  const found = document[name] ?? {};
  if (!isRecord(found)) throw templateFault(`[/${name}] must be an object`);
  return found;
}

function declarations<T>(
  document: Members,
  name: string,
  isOne: (declared: unknown) => declared is T,
  rule: string,
): Readonly<Record<string, T>> {
  const entries = Object.entries(section(document, name)).map(([id, declared]) => {
    if (!isOne(declared)) throw templateFault(`Every ${name} member ${rule}: ${id} does not`);
    return [id, declared] as const;
  });
  return Object.fromEntries(entries);
}

const isParameter = (declared: unknown): declared is ParameterDeclaration =>
  isRecord(declared) && typeof declared['Type'] === 'string';

const isOutput = (declared: unknown): declared is OutputDeclaration =>
  isRecord(declared) && declared['Value'] !== undefined;

const attributes = new Set([
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
]);

function resourceFrom(id: string, written: unknown): ResourceDeclaration {
  if (!/^[a-zA-Z0-9]{1,255}$/.test(id)) throw templateFault(`Resource name ${id} is non alphanumeric.`);
  if (!isRecord(written)) throw templateFault(`Every Resources object must be an object: ${id} is not`);
  const { Type, Properties = {}, Condition, DependsOn = [] } = written;
  if (typeof Type !== 'string')
    throw templateFault(`[/Resources/${id}] Every Resources object must contain a Type member.`);
  const unknown = Object.keys(written).filter((name) => !attributes.has(name));
  if (unknown.length > 0) throw templateFault(`Invalid template resource property '${unknown[0]}'`);
  if (!isRecord(Properties)) throw templateFault(`[/Resources/${id}/Properties] must be an object`);
  return {
    type: Type,
    properties: Properties,
    condition: typeof Condition === 'string' ? Condition : undefined,
    dependsOn: (Array.isArray(DependsOn) ? DependsOn : [DependsOn]).map(String),
    deletionPolicy: policyFrom(id, 'DeletionPolicy', written['DeletionPolicy']),
    updateReplacePolicy: policyFrom(id, 'UpdateReplacePolicy', written['UpdateReplacePolicy']),
  };
}

/** Nothing here takes snapshots. */
function policyFrom(id: string, attribute: string, written: unknown = 'Delete'): Policy {
  if (written === 'Delete' || written === 'Retain' || written === 'RetainExceptOnCreate') return written;
  throw templateFault(`Unrecognized ${attribute} ${String(written)} for resource ${id}`);
}
