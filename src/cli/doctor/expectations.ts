import { webEndpoints } from '#adapters/attachments/web-endpoints.ts';
import { reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import { secretNames } from '#adapters/secrets/secret-names.ts';
import { parameters } from '#adapters/settings-store/settings-store.ts';
import type { WantedRule } from '#domain/doctor/triggers.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { Trigger, Wiring } from '#events/trigger.ts';
import { functionsFor } from '#functions/catalogue.ts';
import { tableNames } from '#infrastructure/add-stores.ts';
import { functionEnvironmentOf, wiringOf } from '#infrastructure/deployment-of.ts';
import { deadLettersOf, queueOf } from '#infrastructure/function-grants.ts';
import { buildspecTexts, itemTexts } from '#infrastructure/stored-texts.ts';

/** Items of Parameter Store that are compared, at ten a call; with more, the first ones stand for all. */
const mostItems = 200;

/** What the settings ask for, by the names that it has in AWS. */
export interface Expectations {
  readonly functions: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly rules: readonly WantedRule[];
  /** Functions that queues feed. */
  readonly fed: readonly string[];
  readonly deadLetters: readonly string[];
  readonly tables: readonly string[];
  readonly buckets: readonly string[];
  /** Parameters that functions read; undefined where only their presence counts. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  /** Parameters that people and scripts read, as many as are compared. */
  readonly items: Readonly<Record<string, string>>;
  readonly itemsInAll: number;
}

export function expectationsOf(settings: Settings): Expectations {
  const { environment, automation, metering } = settings;
  const named = (name: string) => `${environment}${name}`;
  const functions = functionsFor(settings);
  const items = Object.entries(itemTexts(settings)).map(
    ([name, text]) => [`/${environment}/${name}`, text] as const,
  );
  return {
    functions: functions.map(({ name }) => named(name)),
    variables: functionEnvironmentOf(settings),
    rules: functions.flatMap(({ name, trigger }) => ruleOf(named(name), trigger, wiringOf(settings)) ?? []),
    fed: functions
      .filter(({ name, trigger }) => queueOf(name, trigger) !== undefined)
      .map(({ name }) => named(name)),
    deadLetters: functions.map(({ name }) => named(deadLettersOf(name))),
    tables: Object.values(tableNames(metering)).map(named),
    buckets: [reportsBucketName(environment, automation.accountId)],
    parameters: parametersOf(settings),
    items: Object.fromEntries(items.slice(0, mostItems)),
    itemsInAll: items.length,
  };
}

function ruleOf(name: string, trigger: Trigger<unknown>, wiring: Wiring): WantedRule | undefined {
  // As patterns are after a journey through JSON.
  if (trigger.kind === 'events')
    return { name, pattern: JSON.parse(JSON.stringify(trigger.pattern(wiring))) };
  const schedule = trigger.kind === 'schedule' ? trigger.expression(wiring) : undefined;
  return schedule === undefined ? undefined : { name, schedule };
}

function parametersOf(settings: Settings): Expectations['parameters'] {
  const { microsoftWebhookOnAlerts, slackWebhookOnAlerts } = settings.features;
  const hasUrls = functionsFor(settings).some(({ trigger }) => trigger.kind === 'web');
  const texts: Record<string, string | undefined> = {
    [parameters.settings]: undefined,
    ...buildspecTexts(settings),
    [secretNames.downloadKey]: undefined,
    ...(hasUrls ? { [webEndpoints]: undefined } : {}),
    ...(microsoftWebhookOnAlerts === undefined ? {} : { [secretNames.teamsWebhook]: undefined }),
    ...(slackWebhookOnAlerts === undefined ? {} : { [secretNames.slackWebhook]: undefined }),
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [`/${settings.environment}/${name}`, text]),
  );
}
