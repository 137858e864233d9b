import type { Platform } from '../../platform.ts';
import type { Call, Service } from '../../service.ts';
import { refuseMembers } from './ce-refusals.ts';
import type { Organizations } from '../organizations/create-organizations.ts';
import { createBill, type BilledLine } from './bill.ts';
import { getCostAndUsage } from './cost-and-usage.ts';
import { getCostForecast } from './cost-forecast.ts';
import { getDimensionValues } from './dimension-values.ts';
import type { BilledAccounts } from './line-values.ts';
import { dayOf } from './periods.ts';
import type { View } from './view.ts';

export interface CostExplorerOptions {
  /** What accounts were billed, in any order. */
  readonly costs?: readonly BilledLine[];
}

/** AWS Cost Explorer over a bill that is there from the start. */
export function createCostExplorer(
  platform: Platform,
  { directory, tags }: Organizations,
  { costs = [] }: CostExplorerOptions = {},
): { readonly service: Service } {
  const bill = createBill(costs);
  const accounts: BilledAccounts = {
    tagsOf: (account) => tags.of(account),
    nameOf: (account) => directory.findMember(account)?.name,
    payer: platform.managementAccount,
  };

  /** Members see their own costs, the management account those of everybody. */
  function viewOf({ account }: Call): View {
    const isPayer = account === platform.managementAccount;
    return {
      today: dayOf(platform.clock.now()),
      accounts,
      *lines({ start, end }, asked) {
        for (const line of bill.lines(start, end, isPayer ? asked : new Set([account]))) {
          if (isPayer || !asked || asked.has(line.account)) yield line;
        }
      },
    };
  }

  const seenBy =
    <Input extends { readonly BillingViewArn?: string | undefined }, Output>(
      run: (input: Input, view: View) => Output,
    ) =>
    (input: Input, call: Call) => {
      refuseMembers({ BillingViewArn: input.BillingViewArn });
      return run(input, viewOf(call));
    };

  const service: Service = {
    name: 'ce',
    protocol: { kind: 'json', version: '1.1', target: 'AWSInsightsIndexService' },
    operations: {
      GetCostAndUsage: seenBy(getCostAndUsage),
      GetCostForecast: seenBy(getCostForecast),
      GetDimensionValues: seenBy(getDimensionValues),
    },
  };
  return { service };
}
