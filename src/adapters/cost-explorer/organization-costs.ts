import {
  CostExplorerClient,
  DataUnavailableException,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  type Dimension,
  type Expression,
  type GetCostAndUsageCommandInput,
  type Group,
} from '@aws-sdk/client-cost-explorer';
import { accountId } from '#domain/account.ts';
import { firstDayOf, monthAfter } from '#domain/calendar.ts';
import {
  costlyRecordTypes,
  openCostLedger,
  openCostTable,
  type CostTable,
} from '#domain/costs/cost-ledger.ts';
import { money } from '#domain/costs/money.ts';
import type { Days, OrganizationCosts } from '#ports/organization-costs.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';
import type { Sessions } from '../aws/sessions.ts';

/** Cost Explorer answers in this region only. */
const homeRegion = 'us-east-1';
const metric = 'UnblendedCost';

const costlyOnly: Expression = { Dimensions: { Key: 'RECORD_TYPE', Values: [...costlyRecordTypes] } };

/**
 * The bill of the organization, asked for in the management account, which pays for all others. `onRequest` is told of
 * each answer, for those who wait.
 */
export function createOrganizationCosts(
  sessions: Pick<Sessions, 'management'>,
  onRequest: () => void = () => {},
): OrganizationCosts {
  const clients = new WeakMap<AwsAccess, CostExplorerClient>();

  async function connect(): Promise<CostExplorerClient> {
    const access = await sessions.management();
    const client = clients.get(access) ?? new CostExplorerClient(clientConfig(access, homeRegion));
    clients.set(access, client);
    return client;
  }

  /** Enters all pages of an answer in a table, and gives their number. */
  async function fill(table: CostTable, question: GetCostAndUsageCommandInput): Promise<number> {
    let requests = 0;
    let NextPageToken: string | undefined;
    do {
      const client = await connect();
      const page = await client.send(new GetCostAndUsageCommand({ ...question, NextPageToken }));
      for (const { Groups = [] } of page.ResultsByTime ?? []) for (const group of Groups) enter(group, table);
      requests += 1;
      onRequest();
      ({ NextPageToken } = page);
    } while (NextPageToken);
    return requests;
  }

  return {
    async ofMonth(month) {
      const ledger = openCostLedger(month);
      const days = { from: firstDayOf(month), until: firstDayOf(monthAfter(month)) };
      const requests = await Promise.all([
        fill(ledger.services, { ...questionAbout(days, 'SERVICE'), Filter: costlyOnly }),
        fill(ledger.usages, { ...questionAbout(days, 'USAGE_TYPE'), Filter: costlyOnly }),
        fill(ledger.charges, questionAbout(days, 'RECORD_TYPE')),
      ]);
      return { costs: ledger, requests: requests.reduce((sum, count) => sum + count) };
    },

    async byAccount(days, counted) {
      const table = openCostTable();
      const filter = counted === 'costly' ? { Filter: costlyOnly } : {};
      const requests = await fill(table, { ...questionAbout(days), ...filter });
      return { costs: table, requests };
    },

    async expected({ from, until }) {
      const client = await connect();
      try {
        const { Total } = await client.send(
          new GetCostForecastCommand({
            TimePeriod: { Start: from, End: until },
            Granularity: 'MONTHLY',
            Metric: 'UNBLENDED_COST',
            Filter: costlyOnly,
          }),
        );
        return { costs: money(Total?.Amount ?? '0'), requests: 1 };
      } catch (fault) {
        if (fault instanceof DataUnavailableException) return { costs: undefined, requests: 1 };
        throw fault;
      }
    },
  };
}

/** By account, and by one dimension more where one is named: AWS groups by two at most. */
function questionAbout({ from, until }: Days, ...more: readonly Dimension[]): GetCostAndUsageCommandInput {
  const dimensions: readonly Dimension[] = ['LINKED_ACCOUNT', ...more];
  return {
    TimePeriod: { Start: from, End: until },
    Granularity: 'MONTHLY',
    Metrics: [metric],
    GroupBy: dimensions.map((Key) => ({ Type: 'DIMENSION', Key })),
  };
}

function enter({ Keys: [account, item = ''] = [], Metrics }: Group, table: CostTable): void {
  table.add(accountId(account), item, Metrics?.[metric]?.Amount ?? '0');
}
