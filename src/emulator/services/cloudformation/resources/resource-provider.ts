import type * as z from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { Clients } from '../clients.ts';

/** What others may say of a resource: `Ref` gives its reference, `Fn::GetAtt` its attributes. */
export interface Resource {
  readonly physicalId: string;
  /** The physical id, unless AWS refers to the resource in another way. */
  readonly reference: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Where a resource is made, and by whose right. */
export interface Site {
  readonly account: string;
  readonly region: string;
  readonly clients: Clients;
  readonly stackName: string;
  /** Tags of the stack, which its resources bear too. */
  readonly tags: Readonly<Record<string, string>>;
  /** A name for a resource that the template leaves unnamed. */
  readonly givenName: string;
  /** Waits in simulated time. */
  sleep(milliseconds: number): Promise<void>;
}

/** How one type of resource is made, changed and removed, by the calls that people could make themselves. */
export interface ResourceProvider {
  readonly type: string;
  create(properties: unknown, site: Site): Promise<Resource>;
  /** Undefined where AWS would make another resource instead. */
  update(change: Change<unknown>, site: Site): Promise<Resource | undefined>;
  remove(resource: Resource, properties: unknown, site: Site): Promise<void>;
}

export interface Change<Properties> {
  readonly resource: Resource;
  readonly former: Properties;
  readonly properties: Properties;
}

/**
 * Declares a type of resource by the shape of its properties: what the shape does not have is refused, so that nothing
 * of a template is passed over in silence. Without `update`, each change makes another resource.
 */
export function defineResource<Properties>(declared: {
  readonly type: string;
  readonly shape: z.ZodType<Properties>;
  readonly create: (properties: Properties, site: Site) => Promise<Resource>;
  readonly update?: (change: Change<Properties>, site: Site) => Promise<Resource | undefined>;
  readonly remove: (resource: Resource, properties: Properties, site: Site) => Promise<void>;
}): ResourceProvider {
  const { type, shape, create, update, remove } = declared;
  const read = (properties: unknown) => readProperties(shape, properties);
  return {
    type,
    create: async (properties, site) => create(read(properties), site),
    update: async ({ resource, former, properties }, site) =>
      update?.({ resource, former: read(former), properties: read(properties) }, site),
    remove: async (resource, properties, site) => remove(resource, read(properties), site),
  };
}

function readProperties<Properties>(shape: z.ZodType<Properties>, properties: unknown): Properties {
  const { success, data, error } = shape.safeParse(properties);
  if (success) return data;
  throw new AwsError('InvalidRequest', error.issues.map(tell).join('; '));
}

function tell(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('/');
  if (issue.code === 'unrecognized_keys') {
    const where = place === '' ? '' : ` in ${place}`;
    return `Encountered unsupported property ${issue.keys.join(', ')}${where}`;
  }
  return `Value of property ${place} is not as expected: ${issue.message}`;
}
