import { prices, type Price } from './prices.ts';

/** What the bill depends on. */
export interface Extent {
  readonly accounts: number;
  readonly windowsPerMonth: number;
  /** Functions of the system, each with an alarm and a log. */
  readonly functions: number;
  /** Queues that Lambda polls. */
  readonly polledQueues: number;
  /** Texts above 4 KB in Parameter Store. */
  readonly advancedParameters: number;
  readonly emailSubscriptions: number;
  readonly architecture: 'arm' | 'intel';
  readonly prepares: boolean;
  readonly purges: boolean;
}

export interface BillLine {
  readonly service: string;
  readonly what: string;
  readonly quantity: number;
  readonly usd: number;
}

/** What an account is assumed to take in one maintenance. */
export const perMaintenance = {
  functionRuns: 6,
  secondsPerRun: 3,
  queuedMessages: 15,
  busEvents: 13,
  tableWrites: 13,
  tableReads: 8,
  preparationMinutes: 3,
  purgeMinutes: 15,
} as const;

const monthInSeconds = 730 * 3600;
const sweepsPerMonth = monthInSeconds / 300;
const newcomerSweepsPerMonth = 730;
/** Organizations lists 20 accounts a call and takes 8 calls a second. */
const listingSecondsPerAccount = 1 / 160;
const gigabytesOfLongFunctions = 1;
const gigabytesOfFunctions = 0.5;
const logBytesPerRun = 2500;
const retentionOfLogsInMonths = 3;
const recordBytesPerAccount = 4000;
const alertsPerAccountAndMonth = 0.1;
/** Send, receive, delete. */
const requestsPerMessage = 3;
/** Lambda keeps five connections waiting on each queue, 20 seconds at a time. */
const pollsPerQueue = (5 * monthInSeconds) / 20;

/** The monthly bill of the system itself, line by line. */
export function monthlyBill(extent: Extent): readonly BillLine[] {
  const { accounts, windowsPerMonth, architecture, functions, polledQueues } = extent;
  const maintenances = accounts * windowsPerMonth;
  const runs = maintenances * perMaintenance.functionRuns + sweepsPerMonth + newcomerSweepsPerMonth;
  const listing = accounts * listingSecondsPerAccount * (newcomerSweepsPerMonth + windowsPerMonth);
  const gigabyteSeconds =
    runs * perMaintenance.secondsPerRun * gigabytesOfFunctions + listing * gigabytesOfLongFunctions;
  const logGigabytes = (runs * logBytesPerRun) / 1e9;
  const recordGigabytes = (accounts * recordBytesPerAccount) / 1e9;
  const messages = maintenances * perMaintenance.queuedMessages;
  const minutes =
    (extent.prepares ? perMaintenance.preparationMinutes : 0) +
    (extent.purges ? perMaintenance.purgeMinutes : 0);
  const isArm = architecture === 'arm';
  return [
    line(
      'Lambda',
      'GB-seconds',
      isArm ? 'lambdaGigabyteSecondOnArm' : 'lambdaGigabyteSecondOnIntel',
      gigabyteSeconds,
    ),
    line('Lambda', 'runs', 'lambdaRequest', runs),
    line('SQS', 'requests for messages', 'queueRequest', messages * requestsPerMessage),
    line('SQS', 'polls of idle queues', 'queueRequest', polledQueues * pollsPerQueue),
    line('EventBridge', 'events', 'busEvent', maintenances * perMaintenance.busEvents),
    line('DynamoDB', 'writes', 'tableWrite', maintenances * perMaintenance.tableWrites),
    line('DynamoDB', 'reads', 'tableRead', maintenances * perMaintenance.tableReads + sweepsPerMonth),
    line('DynamoDB', 'GB of records', 'tableGigabyteMonth', recordGigabytes),
    line('DynamoDB', 'GB of continuous backups', 'backupGigabyteMonth', recordGigabytes),
    line('S3', 'reads of settings', 'objectRead', runs),
    line('CloudWatch', 'GB of new logs', 'logGigabyte', logGigabytes),
    line('CloudWatch', 'GB of kept logs', 'logGigabyteMonth', logGigabytes * retentionOfLogsInMonths),
    line('CloudWatch', 'alarms', 'alarmMonth', functions),
    line('Parameter Store', 'advanced parameters', 'advancedParameterMonth', extent.advancedParameters),
    line(
      'SNS',
      'e-mails',
      'emailNotification',
      extent.emailSubscriptions * accounts * alertsPerAccountAndMonth,
    ),
    line(
      'CodeBuild in member accounts',
      'minutes',
      isArm ? 'buildMinuteOnArm' : 'buildMinuteOnIntel',
      maintenances * minutes,
    ),
  ];
}

const line = (service: string, what: string, price: Price, quantity: number): BillLine => ({
  service,
  what,
  quantity,
  usd: quantity * prices[price],
});

/** What is assumed, in words. */
export function assumptionsOf(extent: Extent): readonly string[] {
  const { functionRuns, secondsPerRun, preparationMinutes, purgeMinutes } = perMaintenance;
  return [
    `${extent.accounts} accounts, ${extent.windowsPerMonth.toFixed(2)} maintenance windows a month, every account maintained in each`,
    `${functionRuns} runs of functions per account and window, ${secondsPerRun} seconds each on average`,
    `builds of ${preparationMinutes} minutes for preparation${extent.prepares ? '' : ' (disabled)'} and ${purgeMinutes} minutes for purge${extent.purges ? '' : ' (disabled)'}, billed to the member accounts`,
    'one alert by e-mail a month for every tenth account',
    'list prices of us-east-1, free tiers not deducted; CloudTrail, Organizations and what people do in their accounts not counted',
  ];
}
