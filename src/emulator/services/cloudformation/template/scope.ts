import { invalid, templateFault } from '../refusals.ts';
import { isRecord } from './members.ts';
import type { ParameterValues } from './parameters.ts';
import { resolve, type Scope } from './resolve.ts';
import type { Template } from './template.ts';

/** What a template is told of the stack that is made from it. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly parameters: ParameterValues;
  /** Values that other stacks of the account export in the region. */
  readonly imported: (name: string) => string | undefined;
}

/** A resource as others may speak of it. */
export interface Reference {
  readonly reference: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The scope in which a template is resolved; `find` knows the resources that are there already. */
export function scopeOf(
  template: Template,
  surroundings: Surroundings,
  find: (logicalId: string) => Reference | undefined,
): Scope {
  const pseudo = pseudoParameters(surroundings);
  const decided = new Map<string, boolean>();

  function condition(name: string): boolean {
    const known = decided.get(name);
    if (known !== undefined) return known;
    if (!Object.hasOwn(template.conditions, name))
      throw templateFault(`Unresolved condition dependency ${name}`);
    const truth = resolve(template.conditions[name], scope);
    if (typeof truth !== 'boolean') throw templateFault(`Condition ${name} is neither true nor false`);
    decided.set(name, truth);
    return truth;
  }

  function resource(id: string): Reference {
    const found = find(id);
    if (!found) throw templateFault(`Unresolved resource dependencies [${id}]`);
    return found;
  }

  const scope: Scope = {
    parameter: (name) => pseudo.get(name) ?? surroundings.parameters.get(name)?.value,
    reference: (id) => resource(id).reference,
    attribute(id, name) {
      const { attributes } = resource(id);
      if (Object.hasOwn(attributes, name)) return attributes[name];
      throw invalid(`Template error: resource ${id} does not support attribute ${name} in Fn::GetAtt`);
    },
    condition,
    mapping(map, first, second) {
      const found = [map, first, second].reduce<unknown>(
        (level, key) => (isRecord(level) && Object.hasOwn(level, key) ? level[key] : undefined),
        template.mappings,
      );
      if (found === undefined)
        throw invalid(`Template error: Unable to get mapping for ${map}::${first}::${second}`);
      return found;
    },
    imported(name) {
      const value = surroundings.imported(name);
      if (value === undefined) throw invalid(`No export named ${name} found.`);
      return value;
    },
  };
  return scope;
}

const pseudoParameters = ({ account, region, stackId, stackName }: Surroundings) =>
  new Map<string, string | readonly string[]>([
    ['AWS::AccountId', account],
    ['AWS::Region', region],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackId', stackId],
    ['AWS::StackName', stackName],
    ['AWS::NotificationARNs', []],
  ]);
