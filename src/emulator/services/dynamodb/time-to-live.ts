import type { DescribeTimeToLiveCommandInput, UpdateTimeToLiveCommandInput } from '@aws-sdk/client-dynamodb';
import type { SimulatedClock } from '../../clock.ts';
import type { Call } from '../../service.ts';
import { createExpiries } from './expiries.ts';
import { store } from './stored-items.ts';
import type { Tables } from './tables.ts';
import { constraintViolated, validationException } from './validation-exception.ts';

/** Time to live holds from the moment it is switched on, for the items that are there already as well. */
export function createTimeToLiveOperations(
  tables: Tables,
  options: { readonly clock: SimulatedClock; readonly delayInSeconds: number },
) {
  return {
    UpdateTimeToLive({ TableName, TimeToLiveSpecification }: UpdateTimeToLiveCommandInput, call: Call) {
      const table = tables.find(TableName, call);
      const { AttributeName: attribute, Enabled: enabled } = TimeToLiveSpecification ?? {};
      if (!attribute) {
        const rule = 'Member must have length greater than or equal to 1';
        throw constraintViolated(attribute, 'timeToLiveSpecification.attributeName', rule);
      }
      if (enabled && table.timeToLive) throw validationException('TimeToLive is already enabled');
      if (!enabled && !table.timeToLive) throw validationException('TimeToLive is already disabled');
      table.timeToLive?.expiries.stop();
      table.timeToLive = undefined;
      if (enabled) {
        const expiries = createExpiries(
          options.clock,
          { attribute, delayInSeconds: options.delayInSeconds },
          (entry) => store(table, entry, undefined, 'expiry'),
        );
        for (const entry of table.entries.ascending()) expiries.add(entry);
        table.timeToLive = { attribute, expiries };
      }
      return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: Boolean(enabled) } };
    },

    DescribeTimeToLive({ TableName }: DescribeTimeToLiveCommandInput, call: Call) {
      const { timeToLive } = tables.find(TableName, call);
      return {
        TimeToLiveDescription: timeToLive
          ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attribute }
          : { TimeToLiveStatus: 'DISABLED' },
      };
    },
  };
}
