import type { EngineFilter } from './engine-configuration.ts';

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

const namesOfOurs = [
  'SpaRoleForServerlessComputing',
  'SpaRoleForPurge',
  'SpaRoleForEvents',
  'SpaEventsRuleForCodebuild',
  'SpaEventsRuleForConsoleLogin',
  'SpaAlertTopic',
  'SpaProjectForAccountPreparation',
  'SpaProjectForAccountPurge',
  'SpaStartStopEc2Instances',
];

const namesOfOthers = [
  'CDKToolkit',
  'OrganizationAccountAccessRole',
  'SIRGuardDutyRule',
  'SIRSecurityHubRule',
];

const beginningsOfOthers = ['StackSet-', 'stacksets-exec-', 'AWSReservedSSO_'];

const partsOfOthers = ['AWSControlTower', 'aws-controltower', 'AWSSSO'];

/** An identifier is the name itself, or ends with it: ARNs, paths of log groups, `TopicARN: …`. */
const wholeName = (pattern: string) => `(^|[:/ ])(${pattern})($| )`;

/** Names of what Control Tower, Identity Center, StackSets, CDK and this system put in an account. */
const platformPattern = [
  wholeName([...namesOfOurs, ...namesOfOthers].map(escaped).join('|')),
  `(^|[:/ ])(${beginningsOfOthers.map(escaped).join('|')})`,
  `(${partsOfOthers.map(escaped).join('|')})`,
].join('|');

/** The same for names of an operator; `*` stands for any characters. */
function namesPattern(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const patterns = names.map((name) =>
    name
      .split('*')
      .map(escaped)
      .join(String.raw`[\s\S]*`),
  );
  return wholeName(patterns.join('|'));
}

/** All names that no purge touches, those of the platform and those that an operator protects. */
export const protectedPattern = (names: readonly string[]): string =>
  [platformPattern, namesPattern(names)].filter((pattern) => pattern !== undefined).join('|');

/** The tag that this system puts on whatever it makes in an account. */
export const originTag = { key: 'origin', value: 'SustainablePersonalAccounts' } as const;

/** Keeps what bears such a name, and all that belongs to a stack of such a name: a stack is no use without its parts. */
export const keepNamed = (pattern: string): readonly EngineFilter[] => {
  const identifier = '';
  return [identifier, 'Name', 'tag:Name', 'tag:aws:cloudformation:stack-name'].map((property) => ({
    property,
    type: 'regex',
    value: pattern,
  }));
};
