/**
 * List prices of AWS in us-east-1, in USD, before taxes, discounts and free tiers. Most other regions ask up to a quarter
 * more. To be looked up again once a year, on the pricing page of each service.
 */
export const pricesOf = '2026-11';

export const prices = {
  lambdaGigabyteSecondOnIntel: 0.0000166667,
  lambdaGigabyteSecondOnArm: 0.0000133334,
  lambdaRequest: 0.2 / 1e6,
  queueRequest: 0.4 / 1e6,
  busEvent: 1 / 1e6,
  tableWrite: 0.625 / 1e6,
  tableRead: 0.125 / 1e6,
  tableGigabyteMonth: 0.25,
  backupGigabyteMonth: 0.2,
  objectRead: 0.4 / 1e6,
  logGigabyte: 0.5,
  logGigabyteMonth: 0.03,
  alarmMonth: 0.1,
  advancedParameterMonth: 0.05,
  emailNotification: 20 / 1e6,
  buildMinuteOnIntel: 0.005,
  buildMinuteOnArm: 0.0034,
} as const;

export type Price = keyof typeof prices;
