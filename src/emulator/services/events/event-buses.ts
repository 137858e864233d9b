import type { AccountId } from '#domain/account.ts';
import { isAccountId } from '#domain/account.ts';
import { AwsError } from '../../aws-error.ts';
import type { SimulatedClock } from '../../clock.ts';
import type { BusEvent } from './bus-event.ts';
import type { Rule } from './rule.ts';

/** A bus of one account and region, with its rules. */
export interface EventBus {
  readonly account: AccountId;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  /** Who may put events from other accounts, as a policy in JSON. */
  policy: string | undefined;
  rule(name: string): Rule | undefined;
  /** In the order of their names. */
  rules(): readonly Rule[];
  put(rule: Rule): void;
  remove(name: string): void;
  /** The enabled rules whose patterns match. */
  matching(event: BusEvent): readonly Rule[];
}

export interface EventBusStore {
  /** A bus by its name or its ARN. Throws ResourceNotFoundException. */
  get(place: Place, nameOrArn?: string): EventBus;
  find(place: Place, nameOrArn?: string): EventBus | undefined;
  /** The default bus first, then the others by name. */
  list(place: Place): readonly EventBus[];
  create(place: Place, name: string, description: string | undefined): EventBus;
  remove(bus: EventBus): void;
}

export interface Place {
  readonly account: AccountId;
  readonly region: string;
}

/** Every account has a default bus in every region, which costs nothing until somebody looks at it. */
export function createEventBusStore(clock: SimulatedClock): EventBusStore {
  const buses = new Map<string, EventBus>();
  const homes = new Map<string, Map<string, EventBus>>();

  function create(place: Place, name: string, description: string | undefined): EventBus {
    const bus = createBus(place, name, description, clock.now());
    buses.set(bus.arn, bus);
    const home = `${place.account} ${place.region}`;
    homes.set(home, (homes.get(home) ?? new Map<string, EventBus>()).set(name, bus));
    return bus;
  }

  function find(place: Place, nameOrArn = 'default'): EventBus | undefined {
    const arn = busArn(place, nameOrArn);
    const known = buses.get(arn);
    if (known) return known;
    const home = arn.endsWith(':event-bus/default') ? placeOf(arn) : undefined;
    return home && create(home, 'default', undefined);
  }

  return {
    find,
    get(place, nameOrArn) {
      const bus = find(place, nameOrArn);
      if (bus) return bus;
      throw new AwsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
    },
    list(place) {
      const byDefault = find(place);
      const home = homes.get(`${place.account} ${place.region}`) ?? new Map<string, EventBus>();
      const others = [...home.values()].filter((bus) => bus !== byDefault);
      others.sort((a, b) => (a.name < b.name ? -1 : 1));
      return byDefault ? [byDefault, ...others] : others;
    },
    create,
    remove(bus) {
      buses.delete(bus.arn);
      homes.get(`${bus.account} ${bus.region}`)?.delete(bus.name);
    },
  };
}

/** Buses are named, in calls, by name or by ARN. */
export function busArn({ region, account }: Place, nameOrArn = 'default'): string {
  return nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:aws:events:${region}:${account}:event-bus/${nameOrArn}`;
}

function placeOf(arn: string): Place | undefined {
  const [, , , region = '', account] = arn.split(':');
  return isAccountId(account) ? { account, region } : undefined;
}

function createBus(place: Place, name: string, description: string | undefined, createdAt: number): EventBus {
  const rules = new Map<string, Rule>();
  let index: RuleIndex | undefined;
  return {
    account: place.account,
    region: place.region,
    name,
    arn: busArn(place, name),
    description,
    createdAt,
    tags: new Map(),
    policy: undefined,
    rule: (name) => rules.get(name),
    rules: () => [...rules.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    put(rule) {
      rules.set(rule.name, rule);
      index = undefined;
    },
    remove(name) {
      rules.delete(name);
      index = undefined;
    },
    matching(event) {
      index ??= indexOf(rules.values());
      return index.candidates(event.fields['source']).filter((rule) => rule.pattern?.matches(event.fields));
    },
  };
}

interface RuleIndex {
  candidates(source: unknown): readonly Rule[];
}

/** Most rules name the sources that they listen to: the others must be asked about every event. */
function indexOf(rules: Iterable<Rule>): RuleIndex {
  const bySource = new Map<unknown, Rule[]>();
  const listeningToAll: Rule[] = [];
  for (const rule of rules) {
    if (rule.state === 'DISABLED' || !rule.pattern) continue;
    if (!rule.pattern.sources) listeningToAll.push(rule);
    for (const source of new Set(rule.pattern.sources)) {
      bySource.set(source, [...(bySource.get(source) ?? []), rule]);
    }
  }
  return { candidates: (source) => [...(bySource.get(source) ?? []), ...listeningToAll] };
}
