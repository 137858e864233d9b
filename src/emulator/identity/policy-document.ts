import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import { cacheOfTexts } from '../text-cache.ts';
import { isOperator, readOperator, type Condition } from './conditions.ts';

/** A policy as it was written, and as it is evaluated. */
export interface Policy {
  readonly text: string;
  readonly version: string | undefined;
  readonly statements: readonly Statement[];
}

/** One statement, ready to be weighed. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** In lower case, since actions are compared so. */
  readonly actions: Selection;
  /** Undefined in the trust policy of a role, which is about the role itself. */
  readonly resources: Selection | undefined;
  /** Undefined in the policies of a role, which are about its sessions. */
  readonly principals: readonly Principal[] | undefined;
  readonly conditions: readonly Condition[];
  /** What the local cloud cannot evaluate; it refuses to answer where this statement matters. */
  readonly unknown: string | undefined;
}

/** What one of the patterns matches; or, when inverted, what none of them does. */
export interface Selection {
  readonly patterns: readonly string[];
  readonly inverted: boolean;
}

/** Whom a statement is about. */
export interface Principal {
  readonly kind: 'AWS' | 'Service' | 'Federated';
  /** `*`, the ARN of a role, session or user, an account's number or root, or the name of a service. */
  readonly name: string;
}

/** IAM's refusal of a policy. */
export function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const values = z.union([scalar.transform((text) => [text]), z.array(scalar)]);

const statementShape = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z
    .union([
      z.literal('*').transform(() => ({ AWS: ['*'] })),
      z.strictObject({
        AWS: texts.optional(),
        Service: texts.optional(),
        Federated: texts.optional(),
        CanonicalUser: texts.optional(),
      }),
    ])
    .optional(),
  NotPrincipal: z.unknown().optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string().refine(isOperator), z.record(z.string(), values)).optional(),
});

const documentShape = z.strictObject({
  Version: z.enum(['2008-10-17', '2012-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statementShape.transform((statement) => [statement]), z.array(statementShape).min(1)]),
});

type WrittenStatement = z.output<typeof statementShape>;

const mostRemembered = 4000;

/** Parses a policy, each text once. Throws MalformedPolicyDocument. */
export const parsePolicy = cacheOfTexts(mostRemembered, readPolicy);

function readPolicy(text: string): Policy {
  const parsed = documentShape.safeParse(readJson(text));
  if (!parsed.success) throw malformed('Syntax errors in policy.');
  const { Version: version, Statement: statements } = parsed.data;
  const sids = statements.flatMap(({ Sid: sid }) => (sid ? [sid] : []));
  if (new Set(sids).size < sids.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.');
  }
  return { text, version, statements: statements.map((written) => readStatement(written, version)) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
}

function readStatement(written: WrittenStatement, version: string | undefined): Statement {
  const actions = selection(written.Action, written.NotAction);
  if (!actions) throw malformed('Policy statement must contain actions.');
  return {
    effect: written.Effect,
    actions: { ...actions, patterns: actions.patterns.map((action) => action.toLowerCase()) },
    resources: selection(written.Resource, written.NotResource),
    principals: principalsOf(written),
    conditions: conditionsOf(written),
    unknown: unknownPart(written, version),
  };
}

function selection(
  chosen: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
): Selection | undefined {
  if (chosen && excluded) throw malformed('Syntax errors in policy.');
  const patterns = chosen ?? excluded;
  return patterns?.length ? { patterns, inverted: excluded !== undefined } : undefined;
}

function principalsOf({ Principal: principal, NotPrincipal: excluded }: WrittenStatement) {
  if (principal === undefined) return excluded === undefined ? undefined : [];
  return Object.entries(principal).flatMap(([kind, names]) =>
    kind === 'AWS' || kind === 'Service' || kind === 'Federated'
      ? (names ?? []).map((name): Principal => ({ kind, name }))
      : [],
  );
}

function conditionsOf({ Condition: written = {} }: WrittenStatement): readonly Condition[] {
  return Object.entries(written).flatMap(([operator, tests]) =>
    Object.entries(tests).map(([key, values]) => ({
      use: readOperator(operator),
      key: key.toLowerCase(),
      values,
    })),
  );
}

/** Variables such as `${aws:username}` came with version 2012-10-17; before, they are plain text. */
function unknownPart(written: WrittenStatement, version: string | undefined): string | undefined {
  if (written.NotPrincipal !== undefined) return 'NotPrincipal';
  if (written.Principal && 'CanonicalUser' in written.Principal) return 'the principal CanonicalUser';
  const places = [
    written.Resource ?? [],
    written.NotResource ?? [],
    Object.values(written.Condition ?? {}).flatMap((tests) => Object.values(tests).flat()),
  ].flat();
  const variable = version === '2012-10-17' ? places.find((text) => text.includes('${')) : undefined;
  return variable && `a policy variable, as in ${variable},`;
}
