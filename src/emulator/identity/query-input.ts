import { AwsError, notImplemented } from '../aws-error.ts';
import type { Call, Run } from '../service.ts';

/** How a member of a query operation's input is read from text, and what is wrong with it. */
export interface Member {
  readonly required: boolean;
  readonly read: (written: unknown) => unknown;
  /** The constraint that it breaks, as AWS words it after "Member must". */
  readonly broken: (value: unknown) => string | undefined;
}

/** A text; the pattern's source is told when it does not fit. */
export function text(limits: { pattern?: RegExp; min?: number; max?: number } = {}): Member {
  const { pattern, min = 0, max = Infinity } = limits;
  return {
    required: false,
    read: (written) => (typeof written === 'string' ? written : ''),
    broken: (value) => {
      const found = String(value);
      if (found.length < min) return `have length greater than or equal to ${min}`;
      if (found.length > max) return `have length less than or equal to ${max}`;
      if (pattern && !pattern.test(found)) return `satisfy regular expression pattern: ${pattern.source}`;
      return undefined;
    },
  };
}

/** A whole number between two limits, both included. */
export function integer(min: number, max: number): Member {
  return {
    required: false,
    read: Number,
    broken: (value) => {
      if (!Number.isInteger(value)) return 'be an integer';
      if (Number(value) < min) return `have value greater than or equal to ${min}`;
      return Number(value) > max ? `have value less than or equal to ${max}` : undefined;
    },
  };
}

/** True or false, which clients write as text. */
export function flag(): Member {
  return { required: false, read: (written) => written === 'true', broken: () => undefined };
}

/** A list; clients write an empty one as an empty text. */
export function list(): Member {
  return {
    required: false,
    read: (written) => (Array.isArray(written) ? written : []),
    broken: () => undefined,
  };
}

/** A list of texts. */
export function texts(): Member {
  return { ...list(), read: (written) => (Array.isArray(written) ? written.map(String) : []) };
}

/** The same member, which may not be left out. */
export function required(member: Member): Member {
  return { ...member, required: true };
}

/** The SDK types required members as perhaps undefined; once checked, they are there. */
export type Checked<Input> = {
  readonly [Key in keyof Input]: object extends Pick<Input, Key> ? Input[Key] : NonNullable<Input[Key]>;
};

/**
 * An operation of a query service, whose input is checked before it runs: ValidationError for what breaks a
 * constraint, NotImplemented (501) for members that the local cloud lacks, since each may change the meaning.
 */
export function operation<Input>(
  service: string,
  members: Readonly<Partial<Record<Extract<keyof Input, string>, Member>>>,
  run: (input: Checked<Input>, call: Call) => unknown,
): Run {
  const shape = new Map(Object.entries<Member | undefined>(members));
  return (written: Record<string, unknown>, call) => {
    for (const member of Object.keys(written)) {
      if (!shape.has(member)) throw notImplemented(service, `${call.operation} with ${member}`);
    }
    const faults: string[] = [];
    const input: Record<string, unknown> = {};
    for (const [key, member] of shape) {
      faults.push(...faultOf(key, member, written[key]));
      if (written[key] !== undefined) input[key] = member?.read(written[key]);
    }
    assertSound<Input>(input, faults);
    return run(input, call);
  };
}

function assertSound<Input>(_input: object, faults: readonly string[]): asserts _input is Checked<Input> {
  if (faults.length === 0) return;
  const heading = `${faults.length} validation error${faults.length > 1 ? 's' : ''} detected: `;
  throw new AwsError('ValidationError', heading + faults.join('; '));
}

function faultOf(key: string, member: Member | undefined, written: unknown): string[] {
  const name = key.charAt(0).toLowerCase() + key.slice(1);
  const fault = (value: string, constraint: string) => [
    `Value ${value} at '${name}' failed to satisfy constraint: Member must ${constraint}`,
  ];
  if (written === undefined) return member?.required ? fault('null', 'not be null') : [];
  const constraint = member?.broken(member.read(written));
  return constraint === undefined
    ? []
    : fault(`'${typeof written === 'string' ? written : JSON.stringify(written)}'`, constraint);
}
