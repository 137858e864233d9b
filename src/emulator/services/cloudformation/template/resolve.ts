import { templateFault } from '../refusals.ts';
import { isRecord, type Members } from './members.ts';

/** What a template may speak of while it is resolved. Each throws ValidationError for what is not there. */
export interface Scope {
  /** Value of a parameter, or of a pseudo parameter such as `AWS::Region`; undefined when it is none. */
  parameter(name: string): string | readonly string[] | undefined;
  /** What `Ref` gives for a resource. */
  reference(logicalId: string): string;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
  /** A value that another stack exports. */
  imported(name: string): string;
}

/** A property of this value is left out. */
export const noValue = Symbol('AWS::NoValue');

/** A value of a template with its functions applied. Throws ValidationError. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (!isRecord(value)) return value;
  const call = functionIn(value);
  if (call) return call.apply(call.argument, scope);
  const entries = Object.entries(value).map(([name, member]) => [name, resolve(member, scope)] as const);
  return Object.fromEntries(entries.filter(([, member]) => member !== noValue));
}

type Apply = (argument: unknown, scope: Scope) => unknown;

const functions: Readonly<Record<string, Apply>> = {
  Ref: (name, scope) => {
    const id = textual(name, 'Ref');
    if (id === 'AWS::NoValue') return noValue;
    return scope.parameter(id) ?? scope.reference(id);
  },
  'Fn::GetAtt': (argument, scope) => {
    const [id, name] = attributeIn(argument);
    return scope.attribute(id, textual(resolve(name, scope), 'Fn::GetAtt'));
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Join': (argument, scope) => {
    const [delimiter, items] = pair(argument, 'Fn::Join');
    return list(resolve(items, scope), 'Fn::Join').map(String).join(textual(delimiter, 'Fn::Join'));
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = pair(argument, 'Fn::Select');
    const found = list(resolve(items, scope), 'Fn::Select')[Number(resolve(index, scope))];
    if (found === undefined) throw templateFault('Fn::Select cannot select nonexistent value at index');
    return found;
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, text] = pair(argument, 'Fn::Split');
    return textual(resolve(text, scope), 'Fn::Split').split(textual(delimiter, 'Fn::Split'));
  },
  'Fn::Base64': (argument, scope) =>
    Buffer.from(textual(resolve(argument, scope), 'Fn::Base64')).toString('base64'),
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list(argument, 'Fn::FindInMap').map((part) =>
      textual(resolve(part, scope), 'Fn::FindInMap'),
    );
    return scope.mapping(map ?? '', first ?? '', second ?? '');
  },
  'Fn::ImportValue': (argument, scope) =>
    scope.imported(textual(resolve(argument, scope), 'Fn::ImportValue')),
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = list(argument, 'Fn::If');
    return resolve(scope.condition(textual(condition, 'Fn::If')) ? yes : no, scope);
  },
  Condition: (name, scope) => scope.condition(textual(name, 'Condition')),
  'Fn::Equals': (argument, scope) => {
    const [one, other] = pair(argument, 'Fn::Equals');
    return String(resolve(one, scope)) === String(resolve(other, scope));
  },
  'Fn::And': (argument, scope) => truths(argument, 'Fn::And', scope).every(Boolean),
  'Fn::Or': (argument, scope) => truths(argument, 'Fn::Or', scope).some(Boolean),
  'Fn::Not': (argument, scope) => !truths(argument, 'Fn::Not', scope)[0],
  'Fn::Contains': (argument, scope) => {
    const [items, item] = pair(argument, 'Fn::Contains');
    return list(resolve(items, scope), 'Fn::Contains')
      .map(String)
      .includes(String(resolve(item, scope)));
  },
};

/** An object of one member that names a function calls it; policies have a member `Condition` that is an object. */
function functionIn(value: Members): { readonly apply: Apply; readonly argument: unknown } | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  if (name === 'Condition' && typeof argument !== 'string') return undefined;
  const apply = functions[name];
  if (!apply && name.startsWith('Fn::')) throw templateFault(`the local cloud does not know ${name}`, 501);
  return apply && { apply, argument };
}

/** What `Fn::GetAtt` asks for: `["Queue", "Arn"]` or `"Queue.Arn"`. */
export function attributeIn(argument: unknown): readonly [id: string, name: unknown] {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  const [id, name] = pair(argument, 'Fn::GetAtt');
  return [textual(id, 'Fn::GetAtt'), name];
}

/** The text of `Fn::Sub`, and the names in it that have values of their own. */
export function substitutionIn(argument: unknown): readonly [text: string, own: Members] {
  if (typeof argument === 'string') return [argument, {}];
  const [text, own] = pair(argument, 'Fn::Sub');
  return [textual(text, 'Fn::Sub'), isRecord(own) ? own : {}];
}

export const placeholders = /\$\{([^!${}][^${}]*)\}/g;

function substitute(argument: unknown, scope: Scope): string {
  const [text, own] = substitutionIn(argument);
  const filled = text.replace(placeholders, (_, written: string) => {
    const name = written.trim();
    if (Object.hasOwn(own, name)) return String(resolve(own[name], scope));
    const parameter = scope.parameter(name);
    if (parameter !== undefined) return typeof parameter === 'string' ? parameter : parameter.join(',');
    const dot = name.indexOf('.');
    return dot < 0 ? scope.reference(name) : String(scope.attribute(name.slice(0, dot), name.slice(dot + 1)));
  });
  return filled.replace(/\$\{!([^}]*)\}/g, '${$1}');
}

function truths(argument: unknown, name: string, scope: Scope): readonly boolean[] {
  return list(argument, name).map((item) => {
    const truth = resolve(item, scope);
    if (typeof truth !== 'boolean')
      throw templateFault(`Conditions can only be boolean operations (${name})`);
    return truth;
  });
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw templateFault(`${name} requires a list argument`);
  return value;
}

function pair(value: unknown, name: string): readonly unknown[] {
  const items = list(value, name);
  if (items.length !== 2) throw templateFault(`${name} requires a list argument with two elements`);
  return items;
}

function textual(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw templateFault(`${name} requires text, and found ${JSON.stringify(value)}`);
}
