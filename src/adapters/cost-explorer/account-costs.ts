import {
  CostExplorerClient,
  DataUnavailableException,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
} from '@aws-sdk/client-cost-explorer';
import type { AccountId } from '#domain/account.ts';
import { costlyRecordTypes, openCostLedger } from '#domain/costs/cost-ledger.ts';
import type { AccountCosts } from '#ports/account-costs.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import type { Sessions } from '../aws/sessions.ts';

/** Cost Explorer answers in this region only. */
const homeRegion = 'us-east-1';

/** Costs of single accounts, asked for in the management account, which is billed for all of them. */
export function createAccountCosts(sessions: Sessions): AccountCosts {
  const clients = new WeakMap<AwsAccess, CostExplorerClient>();

  async function connect(): Promise<CostExplorerClient> {
    const access = await sessions.management();
    const client = clients.get(access) ?? new CostExplorerClient(clientConfig(access, homeRegion));
    clients.set(access, client);
    return client;
  }

  async function* groupsOf(input: GetCostAndUsageCommandInput) {
    const client = await connect();
    let NextPageToken: string | undefined;
    do {
      const page = await client.send(new GetCostAndUsageCommand({ ...input, NextPageToken }));
      for (const { Groups = [] } of page.ResultsByTime ?? []) yield* Groups;
      ({ NextPageToken } = page);
    } while (NextPageToken);
  }

  return {
    async of(account, month) {
      const ledger = openCostLedger(month);
      try {
        for await (const { Keys = [], Metrics } of groupsOf(questionAbout(account, month))) {
          ledger.services.add(account, Keys[0] ?? '', Metrics?.['UnblendedCost']?.Amount ?? '0');
        }
      } catch (fault) {
        // Cost Explorer has nothing to tell yet of whoever has just begun.
        if (!(fault instanceof DataUnavailableException)) throw fault;
      }
      return ledger;
    },
  };
}

/** The whole month, so that it never ends before it begins: Cost Explorer leaves out by itself what is to come. */
function questionAbout(account: AccountId, month: string): GetCostAndUsageCommandInput {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const End = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  return {
    TimePeriod: { Start: `${month}-01`, End },
    Granularity: 'MONTHLY',
    Metrics: ['UnblendedCost'],
    GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
    Filter: {
      And: [
        { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [account] } },
        { Dimensions: { Key: 'RECORD_TYPE', Values: [...costlyRecordTypes] } },
      ],
    },
  };
}
