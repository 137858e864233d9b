import { isAccountId } from '#domain/account.ts';
import { projects } from '#domain/lifecycle.ts';
import { catalogue } from '#functions/catalogue.ts';
import { createShape, type Rule, type Shape } from '../world/shape.ts';
import {
  buildFaults,
  calledServices,
  callFaults,
  eventFaults,
  momentsOfDeath,
  type BuildFault,
  type CallFault,
  type Chance,
  type ClockFault,
  type EventFault,
  type FunctionFault,
} from './fault-plan.ts';

const oneOf = (words: readonly string[]): Rule => ({
  holds: (value) => words.some((word) => word === value),
  expected: words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`,
});
const share: Rule = {
  holds: (value) => typeof value === 'number' && value > 0 && value <= 1,
  expected: 'a number above 0, and 1 at most',
};
const seconds: Rule = {
  holds: (value) => typeof value === 'number' && value >= 0 && value <= 86_400,
  expected: 'a number of seconds, from 0 to 86400',
};
const moment: Rule = {
  holds: (value) => typeof value === 'number' && value >= 0,
  expected: 'a number of seconds since the opening, 0 or more',
};
const name: Rule = {
  holds: (value) => typeof value === 'string' && value !== '',
  expected: 'text, not empty',
};
const service = oneOf(calledServices);
const functionName: Rule = {
  ...oneOf(catalogue.map(({ name }) => name)),
  expected: 'the name of a function without the environment, such as OnExpiredAccount',
};
const project = oneOf(Object.values(projects));
const account: Rule = { holds: isAccountId, expected: '12 digits, as text' };
const optional = (rule: Rule): Rule => ({ ...rule, optional: true });

const chance: { readonly [K in keyof Chance]-?: Rule } = {
  share,
  from: optional(moment),
  until: optional(moment),
};

export const callFaultShape: Shape<CallFault> = createShape<CallFault>({
  fault: oneOf(callFaults),
  ...chance,
  service: optional(service),
  operation: optional(name),
  account: optional(account),
  region: optional(name),
  seconds: optional(seconds),
});

export const eventFaultShape: Shape<EventFault> = createShape<EventFault>({
  fault: oneOf(eventFaults),
  ...chance,
  detailType: optional(name),
  account: optional(account),
  seconds: optional(seconds),
});

export const functionFaultShape: Shape<FunctionFault> = createShape<FunctionFault>({
  fault: oneOf(['killed']),
  ...chance,
  when: optional(oneOf(momentsOfDeath)),
  function: optional(functionName),
});

export const buildFaultShape: Shape<BuildFault> = createShape<BuildFault>({
  fault: oneOf(buildFaults),
  ...chance,
  project: optional(project),
  account: optional(account),
});

export const clockFaultShape: Shape<ClockFault> = createShape<ClockFault>({
  fault: oneOf(['skewed']),
  ...chance,
  seconds,
  function: optional(functionName),
});
