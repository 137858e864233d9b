import type { AutomationSettings } from '#domain/settings/settings.ts';
import { finding, hint, ok, type Diagnosis } from './diagnosis.ts';
import { deployAs, listOf } from './wording.ts';

/** A rule of the management account that chooses events of the organization. */
export interface OrganizationRule {
  readonly name: string;
  readonly isEnabled: boolean;
  /** Names of the calls that the system waits for, and that the rule lets through. */
  readonly lets: readonly string[];
  readonly targets: readonly { readonly arn: string; readonly roleArn: string | undefined }[];
}

/** Calls on Organizations without which an account would wait for the next sweep. */
export const awaitedCalls = ['CreateAccountResult', 'MoveAccount', 'TagResource'] as const;

/** Events of the organization are forwarded to the central bus, whichever rules do so. */
export function eventsAreForwarded(
  rules: readonly OrganizationRule[],
  busArn: string,
  { managementAccount }: Pick<AutomationSettings, 'managementAccount'>,
): Diagnosis {
  const remedy = deployAs(managementAccount);
  const ours = rules.filter(({ targets }) => targets.some(({ arn }) => arn === busArn));
  if (ours.length === 0) {
    const found = `no rule in us-east-1 of account ${managementAccount} sends events of the organization to ${busArn}`;
    return finding(found, remedy);
  }
  const enabled = ours.filter(({ isEnabled }) => isEnabled);
  const names = listOf(ours.map(({ name }) => name));
  if (enabled.length === 0) {
    const how = `run aws events enable-rule --region us-east-1 --name ${ours[0]?.name} in account ${managementAccount}`;
    return finding(`no event of the organization arrives: ${names} disabled`, how);
  }
  const missing = awaitedCalls.filter((call) => !enabled.some(({ lets }) => lets.includes(call)));
  if (missing.length > 0) return finding(`${listOf(missing)} is not forwarded by ${names}`, remedy);
  const mute = enabled.filter(({ targets }) =>
    targets.some(({ arn, roleArn }) => arn === busArn && !roleArn),
  );
  if (mute.length > 0) {
    const found = `forwarding without a role, which AWS admits for old rules only: ${listOf(mute.map(({ name }) => name))}`;
    return hint(found, remedy);
  }
  return ok(`events of the organization are forwarded to account ${busArn.split(':')[4]} by ${names}`);
}
