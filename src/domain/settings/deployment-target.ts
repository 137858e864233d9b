import { isAccountId } from '#domain/account.ts';
import type { AccountId } from '#domain/account.ts';
import { quoted } from './settings-fault.ts';
import type { Report } from './settings-fault.ts';
import { faultAt } from './shape-faults.ts';
import { accountNumber, hasForm, region as regionForm, roleArn } from './value-forms.ts';
import type { Form } from './value-forms.ts';
import { isMisspelt, isWrittenMap, partAt, textAt } from './written.ts';
import type { Written } from './written.ts';

/** Variables of the environment that win over the settings file. An empty one counts as absent. */
export interface SettingsEnvironment {
  readonly AWS_ACCOUNT?: string | undefined;
  readonly AWS_REGION?: string | undefined;
}

/** What no settings can do without. Each is undefined where it is missing or wrong, and told. */
export interface DeploymentTarget {
  readonly accountId: AccountId | undefined;
  readonly region: string | undefined;
  readonly managementRoleArn: string | undefined;
  readonly managementAccount: AccountId | undefined;
}

/** Where SPA is deployed and which role it takes, from the settings file and the environment. */
export function deploymentTarget(
  root: Written,
  file: string,
  environment: SettingsEnvironment,
  report: Report,
): DeploymentTarget {
  function required(key: string, form: Form, variable?: keyof SettingsEnvironment): string | undefined {
    const path = ['automation', key];
    const override = variable && environment[variable];
    if (variable && override) return fromEnvironment(variable, override, form, report);
    const text = textAt(root, path);
    if (text) return hasForm(form, text) ? text : undefined;
    if (!isAbsent(root, path)) return undefined;
    const expected = variable ? `${form.expected}, or ${variable} in the environment` : form.expected;
    report(faultAt(root, file, path, 'nothing', expected));
    return undefined;
  }

  const accountId = required('account_id', accountNumber, 'AWS_ACCOUNT');
  const region = required('region', regionForm, 'AWS_REGION');
  const managementRoleArn = required('role_arn_to_manage_accounts', roleArn);
  const managementAccount = managementRoleArn?.split(':')[4];
  return {
    accountId: isAccountId(accountId) ? accountId : undefined,
    region,
    managementRoleArn,
    managementAccount: isAccountId(managementAccount) ? managementAccount : undefined,
  };
}

/** Left out or left empty. Something of a wrong type or under a misspelt key is not absent, and told elsewhere. */
function isAbsent(root: Written, [section = '', key = '']: readonly string[]): boolean {
  const written = partAt(root, [section]);
  if (isMisspelt(written, key) || (!written && isMisspelt(root, section))) return false;
  const isMap = written === undefined || written.value === null || isWrittenMap(written);
  return isMap && (partAt(written, [key])?.value ?? '') === '';
}

function fromEnvironment(keyPath: string, value: string, form: Form, report: Report): string | undefined {
  if (hasForm(form, value)) return value;
  const expected = form.expected.replace(' as text, in quotes', '');
  report({ file: 'environment', line: 0, keyPath, found: quoted(value), expected });
  return undefined;
}
