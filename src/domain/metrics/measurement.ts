export const metricsNamespace = 'SustainablePersonalAccount';

/** The dimension that no metric is without, since systems of several environments may share an account. */
export const environmentDimension = 'Environment';

/**
 * Every metric of the system: the dimension that it has beside the environment, and its unit. None by account, since a
 * metric costs 0.30 USD a month: 3,000 USD for 10,000 accounts.
 */
export const customMetrics = {
  AccountEventsByLabel: { dimension: 'Label', unit: 'Count' },
  AccountsByState: { dimension: 'State', unit: 'Count' },
  DailyCostsByCostCenter: { dimension: 'CostCenter', unit: 'None' },
  ExceptionsByLabel: { dimension: 'Label', unit: 'Count' },
  OldestUnfinishedTransaction: { dimension: undefined, unit: 'Seconds' },
  ThrottledCalls: { dimension: undefined, unit: 'Count' },
  TransactionsByCostCenter: { dimension: 'CostCenter', unit: 'Count' },
  TransactionsByLabel: { dimension: 'Label', unit: 'Count' },
} as const;

export type MetricName = keyof typeof customMetrics;

type MetricWith<Dimension> = {
  [Name in MetricName]: (typeof customMetrics)[Name]['dimension'] extends Dimension ? Name : never;
}[MetricName];

/** One value of a metric; `of` is the label, the cost center or the state that it is measured for. */
export type Measurement =
  | {
      readonly metric: MetricWith<string>;
      readonly of: string;
      readonly value: number;
      /** When it was measured, if not now: two weeks ago at most. */
      readonly at?: Date;
    }
  | { readonly metric: MetricWith<undefined>; readonly value: number; readonly at?: Date };
