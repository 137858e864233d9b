import { InvalidWorld } from './invalid-world.ts';
import { plainDecimal } from './plain-decimal.ts';
import { createShape, inWords, isRecord, listOf } from './shape.ts';
import { checkReferences } from './world-references.ts';
import { collectFaults, type Report } from './world-fault.ts';
import {
  accountShape,
  costShape,
  organizationShape,
  resourceShape,
  unitShape,
  type WrittenResource,
} from './world-shapes.ts';
import type { CostLine, World, WorldOrganization, WorldResource } from './world.ts';

interface Sections {
  readonly organization: unknown;
  readonly units: unknown;
  readonly accounts: unknown;
  readonly costs?: unknown;
  readonly rates?: unknown;
  readonly resources?: unknown;
}

const whatever = (expected: string) => ({ holds: () => true, expected });

const sectionsShape = createShape<Sections>({
  organization: whatever('an object'),
  units: whatever('a list'),
  accounts: whatever('a list'),
  costs: { ...whatever('a list'), optional: true },
  rates: { ...whatever('an object'), optional: true },
  resources: { ...whatever('a list'), optional: true },
});

/** The world that a file describes. Throws InvalidWorld with all that is wrong; `file` is how messages name it. */
export function parseWorld(text: string, file: string): World {
  const { faults, report } = collectFaults(file);
  const json = jsonFrom(text, report);
  const world = json && worldFrom(json.value, report);
  if (!world || faults.length > 0) throw new InvalidWorld(file, faults);
  return world;
}

function jsonFrom(text: string, report: Report): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return { value };
  } catch (cause) {
    report([], cause instanceof Error ? cause.message : String(cause), 'JSON');
    return undefined;
  }
}

/** Undefined when there is no telling what organization it is. */
function worldFrom(value: unknown, report: Report): World | undefined {
  if (!sectionsShape.fits(value)) sectionsShape.explain(value, [], report);
  if (!isRecord(value)) return undefined;
  const { units = [], accounts = [], costs = [], rates = {}, resources = [] } = value;
  const organization = organizationFrom(value['organization'], report);
  const world = {
    units: listOf(units, unitShape, ['units'], report),
    accounts: listOf(accounts, accountShape, ['accounts'], report),
    costs: listOf(costs, costShape, ['costs'], report).map(withPlainAmount),
    rates: ratesFrom(rates, report),
    resources: listOf(resources, resourceShape, ['resources'], report).map(withTags),
  };
  checkReferences(value, report);
  return organization && { organization, ...world };
}

function organizationFrom(value: unknown, report: Report): WorldOrganization | undefined {
  if (organizationShape.fits(value)) return value;
  if (value !== undefined) organizationShape.explain(value, ['organization'], report);
  return undefined;
}

function ratesFrom(value: unknown, report: Report): Readonly<Record<string, number>> {
  const rates: Record<string, number> = {};
  if (!isRecord(value)) report(['rates'], inWords(value), 'an object of currencies');
  for (const [currency, rate] of Object.entries(isRecord(value) ? value : {})) {
    const path = ['rates', currency];
    if (!/^[A-Z]{3}$/.test(currency)) report(path, 'such a currency', 'three capitals, as EUR');
    if (typeof rate === 'number' && rate > 0) rates[currency] = rate;
    else report(path, inWords(rate), 'a number greater than 0');
  }
  return rates;
}

function withPlainAmount(line: CostLine): CostLine {
  const amount = plainDecimal(line.amount);
  return amount === line.amount ? line : { ...line, amount };
}

function withTags({ tags = {}, ...resource }: WrittenResource): WorldResource {
  return { ...resource, tags };
}
