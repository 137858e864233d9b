import { isDeepStrictEqual } from 'node:util';
import { finding, ok, type Diagnosis } from './diagnosis.ts';
import { countOf, deployAs, listOf } from './wording.ts';

/** What makes functions run: rules of the central bus, schedules, and queues that feed functions. */
export interface TriggerSight {
  readonly wantedRules: readonly WantedRule[];
  readonly rules: readonly FoundRule[];
  /** Names of functions that are fed from queues. */
  readonly wantedFeeds: readonly string[];
  /** Names of functions whose queues feed them now. */
  readonly feeds: readonly string[];
}

export interface WantedRule {
  readonly name: string;
  readonly schedule?: string;
  readonly pattern?: unknown;
}

export interface FoundRule extends WantedRule {
  readonly isEnabled: boolean;
}

/** Rules, schedules and queues run the functions, as the settings and their declarations say. */
export function triggersAreInPlace(
  { wantedRules, rules, wantedFeeds, feeds }: TriggerSight,
  automationAccount: string,
): Diagnosis {
  const found = new Map(rules.map((rule) => [rule.name, rule]));
  const problems = [
    ...wantedRules.flatMap((wanted) => problemOf(wanted, found.get(wanted.name)) ?? []),
    ...wantedFeeds
      .filter((name) => !feeds.includes(name))
      .map((name) => `the queue of ${name} does not feed it`),
  ];
  if (problems.length > 0) return finding(listOf(problems), deployAs(automationAccount));
  return ok(
    `${countOf(wantedRules.length, 'rule')} and ${countOf(wantedFeeds.length, 'queue')} run functions`,
  );
}

function problemOf(wanted: WantedRule, found: FoundRule | undefined): string | undefined {
  if (!found) return `rule ${wanted.name} is missing`;
  if (!found.isEnabled) return `rule ${wanted.name} is disabled`;
  if (wanted.schedule !== found.schedule) {
    return `rule ${wanted.name} runs at ${found.schedule ?? 'no time'} and not at ${wanted.schedule ?? 'no time'}`;
  }
  if (!isDeepStrictEqual(wanted.pattern, found.pattern)) return `rule ${wanted.name} chooses other events`;
  return undefined;
}
