import { busPolicy, centralRules } from '#adapters/doctor/central-bus.ts';
import { fedFunctions } from '#adapters/doctor/functions.ts';
import { lookFrom } from '#adapters/doctor/look.ts';
import { findOrganizationRules } from '#adapters/doctor/organization-rules.ts';
import { findOtherSystems } from '#adapters/doctor/other-systems.ts';
import { busLetsOrganizationIn } from '#domain/doctor/bus-policy.ts';
import { diagnose, type Sight } from '#domain/doctor/diagnosis.ts';
import { eventsAreForwarded, type OrganizationRule } from '#domain/doctor/forwarding.ts';
import { systemsAreApart } from '#domain/doctor/other-systems.ts';
import { triggersAreInPlace } from '#domain/doctor/triggers.ts';
import { forwardedCalls } from './forwarded-calls.ts';
import { centralBusArn, type Diagnoses, type Visit } from './visit.ts';

/** Whether events come in, from the organization and from accounts, and run functions; and who else hears them. */
export async function checkEvents(visit: Visit): Promise<Diagnoses> {
  const { settings, central, description, expectations, organization } = visit;
  const { environment, automation, book } = settings;
  const [policy, rules, triggers, systems] = await Promise.all([
    lookFrom(central, busPolicy),
    lookAtOrganizationRules(visit),
    lookFrom(central, async (access) => ({
      wantedRules: expectations.rules,
      rules: await centralRules(access, environment),
      wantedFeeds: expectations.fed,
      feeds: await fedFunctions(access),
    })),
    lookFrom(central, (access) => findOtherSystems(access, environment)),
  ]);
  const organizationId = 'seen' in description ? description.seen.id : undefined;
  const accounts = 'seen' in organization ? { seen: organization.seen.accounts } : organization;
  return {
    forwarding: diagnose(rules, (seen) => eventsAreForwarded(seen, centralBusArn(settings), automation)),
    'bus-policy': diagnose(policy, (seen) =>
      busLetsOrganizationIn(seen, organizationId, automation.accountId),
    ),
    triggers: diagnose(triggers, (seen) => triggersAreInPlace(seen, automation.accountId)),
    'other-systems': diagnose(systems, (seen) =>
      systemsAreApart(book, {
        systems: seen,
        accounts,
        otherBuses: otherBuses(rules, centralBusArn(settings)),
      }),
    ),
  };
}

/** With credentials of the management account, else with its role, where that is granted to look. */
async function lookAtOrganizationRules(visit: Visit): Promise<Sight<readonly OrganizationRule[]>> {
  const { settings, management, managementRole } = visit;
  const { managementAccount } = settings.automation;
  for (const view of [management, managementRole]) {
    const sight = await lookFrom(view, (access) => findOrganizationRules(access, centralBusArn(settings)));
    if ('seen' in sight) {
      return {
        seen: sight.seen.map(({ pattern, ...rule }) => ({
          ...rule,
          lets: forwardedCalls(pattern, managementAccount),
        })),
      };
    }
    if ('seen' in management) return sight;
  }
  return 'unseen' in management ? management : { unseen: 'the role may not list rules' };
}

function otherBuses(rules: Sight<readonly OrganizationRule[]>, ours: string): Sight<readonly string[]> {
  if ('unseen' in rules) return rules;
  const targets = rules.seen.filter(({ lets }) => lets.length > 0).flatMap((rule) => rule.targets);
  const buses = targets.map(({ arn }) => arn).filter((arn) => arn.includes(':event-bus/') && arn !== ours);
  return { seen: [...new Set(buses)] };
}
