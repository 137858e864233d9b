import { notImplemented } from '../aws-error.ts';
import type { ServicePrincipal } from '../platform.ts';
import type { Caller } from '../service.ts';
import { isMet, type ConditionKeys } from './conditions.ts';
import { matchesGlob } from './glob.ts';
import type { Policy, Principal, Selection, Statement } from './policy-document.ts';

/** Who asks for what. The keys of conditions are looked up only where a statement has conditions. */
export interface Question {
  readonly by: Caller | ServicePrincipal;
  readonly action: string;
  readonly resource: string;
  readonly keys: () => ConditionKeys;
}

/**
 * What policies say: an explicit deny; a grant; the grant to a whole account, which delegates to the policies of the
 * account's own roles; or nothing.
 */
export type Verdict = 'denied' | 'granted' | 'delegated' | 'silent';

/** One explicit deny outweighs all grants, in whatever order policies and statements come. */
export function evaluate(policies: Iterable<Policy>, question: Question): Verdict {
  const action = question.action.toLowerCase();
  let verdict: Verdict = 'silent';
  for (const policy of policies) {
    for (const statement of policy.statements) {
      const reach = reachOf(statement, action, question);
      if (reach === undefined) continue;
      if (statement.effect === 'Deny') return 'denied';
      if (verdict !== 'granted') verdict = reach;
    }
  }
  return verdict;
}

/** How a statement concerns the question, if it does. */
function reachOf(
  statement: Statement,
  action: string,
  question: Question,
): 'granted' | 'delegated' | undefined {
  if (!selects(statement.actions, action)) return undefined;
  if (statement.unknown) throw notImplemented('iam', `${statement.unknown} in a policy`);
  if (statement.resources && !selects(statement.resources, question.resource)) return undefined;
  const reach = statement.principals ? reachOfPrincipals(statement.principals, question.by) : 'granted';
  if (reach === undefined || statement.conditions.length === 0) return reach;
  const keys = question.keys();
  return statement.conditions.every((condition) => isMet(condition, keys)) ? reach : undefined;
}

function selects({ patterns, inverted }: Selection, text: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, text)) !== inverted;
}

function reachOfPrincipals(principals: readonly Principal[], by: Caller | ServicePrincipal) {
  let delegated = false;
  for (const principal of principals) {
    if (isNamed(principal, by)) return 'granted';
    delegated ||= !('service' in by) && principal.kind === 'AWS' && isAccount(principal.name, by.account);
  }
  return delegated ? 'delegated' : undefined;
}

function isNamed({ kind, name }: Principal, by: Caller | ServicePrincipal): boolean {
  if (kind === 'AWS' && name === '*') return true;
  if ('service' in by) return kind === 'Service' && name === by.service;
  return kind === 'AWS' && (name === by.arn || name === by.role);
}

function isAccount(name: string, account: string): boolean {
  return name === account || name === `arn:aws:iam::${account}:root`;
}

/** The reason of a refusal ends the message of AccessDenied. */
export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly because: string };

/** What is asked of a resource's own policy, and how messages call it. */
export interface ResourceSide {
  readonly verdict: Verdict;
  readonly called: 'resource-based policy' | 'role trust policy';
  /** Whether the grant of the caller's own policies is not enough: another account's resource, or a role. */
  readonly mustGrant: boolean;
  /** Whether its grant alone is not enough: the resource is another account's. */
  readonly foreign: boolean;
}

/** Weighs the caller's own policies against those of the resource; the reason of a refusal is in the words of AWS. */
export function decide(action: string, identity: Verdict, resource: ResourceSide): Decision {
  const no = (because: string): Decision => ({ allowed: false, because });
  if (identity === 'denied') return no('with an explicit deny in an identity-based policy');
  if (resource.verdict === 'denied') return no(`with an explicit deny in a ${resource.called}`);
  const resourceAlone = resource.verdict === 'granted' && !resource.foreign;
  if (!resourceAlone && identity !== 'granted') {
    return no(`because no identity-based policy allows the ${action} action`);
  }
  if (resource.mustGrant && resource.verdict === 'silent') {
    return no(`because no ${resource.called} allows the ${action} action`);
  }
  return { allowed: true };
}
