import { finding, hint, ok, type Diagnosis } from './diagnosis.ts';
import { fits, readPolicy, type Condition, type PolicyStatement } from './policy-reading.ts';
import { deployAs } from './wording.ts';

const organizationKeys = new Set(['aws:principalorgid', 'aws:principalorgpaths']);

/** The central bus lets all accounts of the organization in, and nobody else. */
export function busLetsOrganizationIn(
  policy: string | undefined,
  organizationId: string | undefined,
  automationAccount: string,
): Diagnosis {
  const remedy = deployAs(automationAccount);
  const open = readPolicy(policy ?? '').filter(letsPutEvents);
  const who = organizationId ?? 'the organization';
  if (open.some(({ conditions }) => conditions.length === 0)) {
    return hint('the default bus lets everybody put events, whatever their organization', remedy);
  }
  const letsIn = open.some(({ conditions }) =>
    conditions.every((one) => isOfOrganization(one, organizationId)),
  );
  if (letsIn) return ok(`the default bus lets accounts of ${who} in`);
  const found =
    'the default bus does not let accounts of the organization put events, so that no build is heard of';
  return finding(`${found} (${who})`, remedy);
}

const letsPutEvents = ({ effect, actions, principals }: PolicyStatement): boolean =>
  effect === 'Allow' &&
  principals.includes('*') &&
  actions.some((action) => fits(action.toLowerCase(), 'events:putevents'));

/** Where the organization is not known, whichever the policy names is taken for ours. */
function isOfOrganization({ operator, key, values }: Condition, organizationId = 'o-*'): boolean {
  if (!organizationKeys.has(key) || !/^String(Equals|Like)$/.test(operator)) return false;
  return values.some((value) => {
    const named = value.split('/')[0] ?? '';
    return fits(named, organizationId) || fits(organizationId, named);
  });
}
