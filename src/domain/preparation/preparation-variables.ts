/** A variable of `preparation.variables` with which no preparation could succeed. */
export interface PreparationVariableFault {
  readonly variable: string;
  readonly found: string;
  readonly expected: string;
}

type Rule = { readonly accepts: (value: string) => boolean; readonly expected: string };

const isPositive = (text: string) => /^(\d+\.?\d*|\.\d+)$/.test(text) && Number(text) > 0;

const amount: Rule = { accepts: isPositive, expected: 'a positive number of USD: 500' };

const threshold: Rule = {
  accepts: (text) => isPositive(text) && Number(text) <= 1_000_000,
  expected: 'a positive percentage of the budget: 80',
};

/** AWS forbids these in the name of a budget. */
const budgetName: Rule = {
  accepts: (text) => text.length <= 100 && !/[:\\]|\/action\//.test(text),
  expected: 'a name of 100 characters at most, without colon and backslash',
};

const onOrOff: Rule = {
  accepts: (text) => text === 'enabled' || text === 'disabled',
  expected: 'enabled or disabled',
};

const contact: Rule = {
  accepts: (text) => {
    const [name = '', title = '', email = '', phone = '', ...more] = text
      .split(';')
      .map((part) => part.trim());
    const isNamed = name.length <= 64 && title.length <= 50 && name !== '' && title !== '';
    return (
      more.length === 0 && isNamed && /^[^\s@]+@[^\s@]+$/.test(email) && /^[\d\s()+-]{1,25}$/.test(phone)
    );
  },
  expected: 'NAME;TITLE;EMAIL;PHONE, such as Alice;FinOps;finops@example.com;+33 1 23 45 67 89',
};

/** Of EventBridge, without the word `cron`: six fields. */
const schedule: Rule = {
  accepts: (text) => /^[\dA-Z*?,/#-]+( [\dA-Z*?,/#-]+){5}$/.test(text),
  expected: 'the six fields of a cron expression: 0 5 ? * MON-FRI *',
};

const version: Rule = { accepts: (text) => /^\d+(\.\d+)*$/.test(text), expected: 'a version: 5.46.0' };

const rules: Readonly<Record<string, Rule>> = {
  BUDGET_NAME: budgetName,
  BUDGET_AMOUNT: amount,
  ALERT_THRESHOLD: threshold,
  ALTERNATE_CONTACT_BILLING: contact,
  ALTERNATE_CONTACT_OPERATIONS: contact,
  ALTERNATE_CONTACT_SECURITY: contact,
  WITH_START_STOP_EC2_INSTANCES: onOrOff,
  START_CRON_EXPRESSION: schedule,
  STOP_CRON_EXPRESSION: schedule,
  WITH_PROWLER: onOrOff,
  PROWLER_VERSION: version,
};

/**
 * What is wrong with the variables of a preparation, so that settings are checked before any build. Absent and empty
 * variables are fine, and so are names that our own build specification does not know: another one may.
 */
export const preparationVariableFaults = (
  variables: Readonly<Record<string, string>>,
): readonly PreparationVariableFault[] =>
  Object.entries(rules).flatMap(([variable, { accepts, expected }]) => {
    const found = variables[variable] ?? '';
    return found === '' || accepts(found) ? [] : [{ variable, found, expected }];
  });
