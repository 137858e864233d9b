import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { accountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { openCloud } from '#emulator/cloud.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessHandler } from '#emulator/in-process-handler.ts';

export const opensAt = Date.UTC(2026, 10, 16, 9, 0, 0);
export const management = accountId('111111111111');
export const automation = accountId('123456789012');
export const member = (index: number) => accountId(String(200_000_000_000 + index));

/** An organization of so many member accounts in one unit, and what reaches buses of it. */
export function openOrganization(members: number, tags: Readonly<Record<string, string>> = {}) {
  const events: Readonly<Record<string, unknown>>[] = [];
  const account = (id: string, parent: string) =>
    ({
      id: accountId(id),
      name: `Account ${id}`,
      email: `${id}@example.com`,
      parent,
      state: 'ACTIVE',
      tags,
    }) as const;
  const cloud = openCloud({
    automationAccount: automation,
    clock: createClock(opensAt),
    builds: { behaviour: async () => ({ status: 'SUCCEEDED' }) },
    events: { accepted: (event) => void events.push(event) },
    organization: {
      seed: {
        id: 'o-a1b2c3d4e5',
        root: 'r-ab12',
        managementAccount: management,
        units: [
          { id: 'ou-ab12-alpha', name: 'Alpha', parent: 'r-ab12' },
          { id: 'ou-ab12-nested', name: 'Nested', parent: 'ou-ab12-alpha' },
        ],
        accounts: [
          { ...account(management, 'r-ab12'), tags: {} },
          ...Array.from({ length: members }, (_, index) => account(member(index), 'ou-ab12-alpha')),
        ],
      },
    },
  });
  const config = (id: string, region: string) => ({
    region,
    maxAttempts: 1,
    requestHandler: inProcessHandler(cloud, 'client'),
    credentials: { accessKeyId: administratorKey(accountId(id)), secretAccessKey: 'x' },
  });
  return {
    cloud,
    clock: cloud.clock,
    events,
    organizations: (id: string = management) => new OrganizationsClient(config(id, 'us-east-1')),
    tagging: (id: string = management, region = 'us-east-1') =>
      new ResourceGroupsTaggingAPIClient(config(id, region)),
  };
}
