import { compilePattern, type EventPattern } from '../events/event-pattern.ts';
import { InvalidEventPattern } from '../events/pattern-matchers.ts';
import type { Notice } from './notice.ts';
import { invalidParameter } from './sns-refusals.ts';

/** Which messages a subscription wants; SNS compares as EventBridge does. */
export interface FilterPolicy {
  wants(notice: Notice): boolean;
}

/** Throws InvalidParameter. Looks at the attributes of messages, or into their bodies. */
export function readFilterPolicy(text: string, scope: string): FilterPolicy {
  const pattern = compile(text);
  if (scope === 'MessageAttributes') return { wants: (notice) => pattern.matches(attributesOf(notice)) };
  if (scope !== 'MessageBody') throw invalidParameter('FilterPolicyScope: Invalid value');
  return { wants: (notice) => pattern.matches(bodyOf(notice)) };
}

function compile(text: string): EventPattern {
  try {
    return compilePattern(JSON.parse(text));
  } catch (fault) {
    if (fault instanceof InvalidEventPattern) throw invalidParameter(`FilterPolicy: ${fault.reason}`);
    if (fault instanceof SyntaxError) throw invalidParameter('FilterPolicy: failed to parse JSON.');
    throw fault;
  }
}

function attributesOf({ attributes }: Notice): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue = '' }]) => {
      if (DataType === 'Number') return [name, Number(StringValue)];
      return [name, DataType === 'String.Array' ? parsed(StringValue) : StringValue];
    }),
  );
}

function bodyOf({ message }: Notice): Readonly<Record<string, unknown>> {
  const body = parsed(message);
  return body !== null && typeof body === 'object' ? Object.fromEntries(Object.entries(body)) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
