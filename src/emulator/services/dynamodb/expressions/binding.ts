import { readValue, type AttributeValue } from '../attribute-value.ts';
import { validationException } from '../validation-exception.ts';
import type { Path } from './document-path.ts';
import { refusal, type ExpressionKind, type PathSyntax } from './syntax.ts';

/** The names and values that a request gives to its expressions. */
export interface Binding {
  path(syntax: PathSyntax, kind: ExpressionKind): Path;
  value(name: string, kind: ExpressionKind): AttributeValue;
  /** Names of the attributes at which the paths of an expression begin. */
  headsOf(kind: ExpressionKind): ReadonlySet<string>;
  /** Throws ValidationException when a name or a value has been given for nothing. */
  checkAllUsed(): void;
}

export interface ExpressionParameters {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>> | undefined;
}

/** `absent` names the expressions that the request could have had, when it has none. Throws ValidationException. */
export function bindingOf(parameters: ExpressionParameters, absent?: string): Binding {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = parameters;
  if (absent !== undefined && names) {
    throw validationException('ExpressionAttributeNames can only be specified when using expressions');
  }
  if (absent !== undefined && values) {
    throw validationException(
      `ExpressionAttributeValues can only be specified when using expressions: ${absent}`,
    );
  }
  const knownNames = checkedNames(names);
  const knownValues = checkedValues(values);
  const used = new Set<string>();
  const heads = new Map<ExpressionKind, Set<string>>();

  function nameOf(step: string | number, kind: ExpressionKind): string | number {
    if (typeof step === 'number' || !step.startsWith('#')) return step;
    const name = knownNames.get(step);
    if (name === undefined) {
      throw refusal(
        kind,
        `An expression attribute name used in the document path is not defined; attribute name: ${step}`,
      );
    }
    used.add(step);
    return name;
  }

  return {
    path(syntax, kind) {
      const path = syntax.map((step) => nameOf(step, kind));
      const known = heads.get(kind) ?? new Set();
      heads.set(kind, known.add(String(path[0])));
      return path;
    },
    headsOf: (kind) => heads.get(kind) ?? new Set(),
    value(name, kind) {
      const value = knownValues.get(name);
      if (!value) {
        throw refusal(
          kind,
          `An expression attribute value used in expression is not defined; attribute value: ${name}`,
        );
      }
      used.add(name);
      return value;
    },
    checkAllUsed() {
      refuseUnused('Names', knownNames, used);
      refuseUnused('Values', knownValues, used);
    },
  };
}

function refuseUnused(what: string, known: ReadonlyMap<string, unknown>, used: ReadonlySet<string>) {
  if (known.size === 0) return;
  const unused = [...known.keys()].filter((name) => !used.has(name));
  if (unused.length === 0) return;
  throw validationException(
    `Value provided in ExpressionAttribute${what} unused in expressions: keys: {${unused.join(', ')}}`,
  );
}

function checkedNames(names: ExpressionParameters['ExpressionAttributeNames']): Map<string, string> {
  if (!names) return new Map();
  const known = new Map(Object.entries(names));
  if (known.size === 0) throw validationException('ExpressionAttributeNames must not be empty');
  for (const key of known.keys()) {
    if (!/^#\w+$/.test(key)) {
      throw validationException(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${key}"`);
    }
  }
  return known;
}

function checkedValues(
  values: ExpressionParameters['ExpressionAttributeValues'],
): Map<string, AttributeValue> {
  const known = new Map<string, AttributeValue>();
  if (!values) return known;
  for (const [key, value] of Object.entries(values)) {
    if (!/^:\w+$/.test(key)) {
      throw validationException(
        `ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`,
      );
    }
    known.set(key, readValue(value));
  }
  if (known.size === 0) throw validationException('ExpressionAttributeValues must not be empty');
  return known;
}
