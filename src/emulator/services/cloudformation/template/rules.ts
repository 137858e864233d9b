import { invalid } from '../refusals.ts';
import { isRecord } from './members.ts';
import { resolve, type Scope } from './resolve.ts';
import type { Template } from './template.ts';

/** What a template demands of its parameters before anything is made. Throws ValidationError. */
export function checkRules({ rules }: Template, scope: Scope): void {
  for (const [name, rule] of Object.entries(rules)) {
    if (!isRecord(rule)) continue;
    const holds = rule['RuleCondition'] === undefined || resolve(rule['RuleCondition'], scope) === true;
    const assertions: readonly unknown[] = Array.isArray(rule['Assertions']) ? rule['Assertions'] : [];
    for (const assertion of holds ? assertions.filter(isRecord) : []) {
      if (resolve(assertion['Assert'], scope) === true) continue;
      const described = assertion['AssertDescription'];
      const because = typeof described === 'string' ? described : `Rule ${name} does not hold`;
      throw invalid(`Template error: ${because}`);
    }
  }
}
