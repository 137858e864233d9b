import { accountId } from '#domain/account.ts';
import { createClock } from '#emulator/clock.ts';
import { openCloud, type CloudOptions } from '#emulator/cloud.ts';
import { administratorKey } from '#emulator/dispatch.ts';
import { inProcessClient } from '#emulator/in-process-client.ts';

export const management = accountId('111111111111');
export const automation = accountId('123456789012');
export const ann = accountId('200000000001');
export const ben = accountId('200000000002');

/** A cloud with two accounts, of which Ann's bears a tag, in the middle of November 2026. */
export function openSmallCloud(given: Partial<CloudOptions> = {}) {
  const account = (id: typeof ann, name: string, tags: Readonly<Record<string, string>>) => ({
    id,
    name,
    email: `${name.toLowerCase()}@example.com`,
    parent: 'r-ab12',
    state: 'ACTIVE' as const,
    tags,
  });
  return openCloud({
    automationAccount: automation,
    clock: createClock(Date.UTC(2026, 10, 16, 9)),
    builds: { behaviour: async () => ({ status: 'SUCCEEDED' }) },
    organization: {
      seed: {
        id: 'o-a1b2c3d4e5',
        root: 'r-ab12',
        managementAccount: management,
        units: [],
        accounts: [
          account(management, 'Management', {}),
          account(automation, 'Automation', {}),
          account(ann, 'Ann', { 'cost-center': 'Alpha' }),
          account(ben, 'Ben', {}),
        ],
      },
    },
    ...given,
  });
}

/** What an SDK client needs to act as administrator of an account there. */
export const asAdministrator = (
  cloud: ReturnType<typeof openSmallCloud>,
  account = automation,
  region = 'eu-west-1',
) => ({
  region,
  ...inProcessClient(cloud, 'client'),
  credentials: { accessKeyId: administratorKey(account), secretAccessKey: 'local' },
  maxAttempts: 1,
});
