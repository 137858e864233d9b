import type { InputTransformer } from '@aws-sdk/client-eventbridge';
import type { BusEvent } from './bus-event.ts';
import { isoSeconds } from './bus-event.ts';
import type { Rule, RuleTarget } from './rule.ts';

/** What a target receives: the event, a part of it, a text of its own, or a template filled in. */
export function payloadFor(target: RuleTarget, rule: Rule, event: BusEvent): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(select(event.fields, target.InputPath) ?? null);
  if (target.InputTransformer !== undefined) return fill(target.InputTransformer, rule, event);
  return event.text();
}

/** Placeholders stand for JSON, or for plain text where the template has them within quotes. */
function fill(transformer: InputTransformer, rule: Rule, event: BusEvent): string {
  const { InputTemplate: template = '', InputPathsMap: paths = {} } = transformer;
  const reserved = reservedValues(rule, event);
  const valueOf = (name: string) => {
    const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
    return path === undefined ? reserved.get(name)?.() : (select(event.fields, path) ?? '');
  };
  let quoted = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (part, name: string | undefined) => {
    if (part === '"') quoted = !quoted;
    if (name === undefined) return part;
    const value = valueOf(name);
    if (value === undefined) return part;
    const json = JSON.stringify(value);
    return quoted ? insideQuotes(value, json) : json;
  });
}

function insideQuotes(value: unknown, json: string): string {
  return typeof value === 'string' ? json.slice(1, -1) : JSON.stringify(json).slice(1, -1);
}

function reservedValues(rule: Rule, event: BusEvent): ReadonlyMap<string, () => unknown> {
  const { detail: _detail, ...envelope } = event.fields;
  return new Map<string, () => unknown>([
    ['aws.events.rule-arn', () => rule.arn],
    ['aws.events.rule-name', () => rule.name],
    ['aws.events.event.ingestion-time', () => isoSeconds(event.receivedAt)],
    ['aws.events.event', () => envelope],
    ['aws.events.event.json', () => event.fields],
  ]);
}

/** Follows a path such as `$.detail.tags[0].key`, or `$.detail.tags[*].key` for one value of each element. */
export function select(root: unknown, path: string): unknown {
  const steps = path.match(/\[\*\]|\[\d+\]|\[["'][^"']+["']\]|[^.[\]$]+/g) ?? [];
  return follow(
    root,
    steps.map((step) => step.replace(/^\[["']?|["']?\]$/g, '')),
  );
}

function follow(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step === '*') return Array.isArray(value) ? value.map((element) => follow(element, rest)) : undefined;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
  return follow(Reflect.get(value, step), rest);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
