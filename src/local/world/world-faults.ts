import type { Settings } from '#domain/settings/settings.ts';
import type { WorldFault } from './world-fault.ts';
import type { World } from './world.ts';

/** What of the settings a world must agree with. */
export interface CentralAccounts {
  readonly automation: Pick<Settings['automation'], 'managementAccount'>;
}

/** Why a world can't be opened under some settings; empty when it can. `file` is how messages name the world. */
export function worldFaults(
  { organization: { managementAccount } }: Pick<World, 'organization'>,
  { automation }: CentralAccounts,
  file: string,
): readonly WorldFault[] {
  if (managementAccount === automation.managementAccount) return [];
  return [
    {
      file,
      path: 'organization.managementAccount',
      found: `"${managementAccount}"`,
      expected: `"${automation.managementAccount}", the account of role_arn_to_manage_accounts in the settings`,
    },
  ];
}
