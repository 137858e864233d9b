import type { Row } from './lay-out.ts';
import { hour, type Parts } from './parts.ts';
import { alarms, ours, type Shown } from './widget.ts';

/** CloudWatch shows so many alarms in one widget. */
const mostAlarms = 100;
const height = 6;

/** What may need a person. */
export function troubleRow({ draw, search, environment, functions }: Parts): Row {
  const throttled = ours('ThrottledCalls', environment, { stat: 'Sum', periodInSeconds: hour });
  const widgets = [
    search('Oldest unfinished transaction', 'OldestUnfinishedTransaction', {
      stat: 'Maximum',
      stacked: false,
      axis: 'Seconds',
    }),
    draw({
      title: 'Dead letters',
      stat: 'Maximum',
      periodInSeconds: hour,
      stacked: true,
      metrics: functions.map((name) => [
        'AWS/SQS',
        'ApproximateNumberOfMessagesVisible',
        'QueueName',
        deadLetters(name),
      ]),
    }),
    draw({
      title: 'Throttled calls',
      stat: 'Sum',
      periodInSeconds: hour,
      stacked: true,
      metrics: [
        [...(throttled as readonly string[]), { label: 'Calls of functions' }],
        ...ofFunctions(functions, 'Throttles'),
      ],
    }),
  ];
  return { height, widgets };
}

export function alarmRows({ functions, region, account }: Parts): readonly Row[] {
  const arns = functions.map((name) => `arn:aws:cloudwatch:${region}:${account}:alarm:${deadLetters(name)}`);
  const pages = Math.ceil(arns.length / mostAlarms);
  return Array.from({ length: pages }, (_, page) => ({
    height,
    widgets: [alarms('Alarms', arns.slice(page * mostAlarms, (page + 1) * mostAlarms))],
  }));
}

export function functionsRow({ draw, functions }: Parts): Row {
  const common = { periodInSeconds: hour, stacked: true } as const;
  const widgets = [
    draw({
      title: 'Invocations of functions',
      stat: 'Sum',
      metrics: ofFunctions(functions, 'Invocations'),
      ...common,
    }),
    draw({
      title: 'Durations of functions',
      stat: 'Average',
      axis: 'Milliseconds',
      metrics: ofFunctions(functions, 'Duration'),
      ...common,
    }),
    draw({ title: 'Errors of functions', stat: 'Sum', metrics: ofFunctions(functions, 'Errors'), ...common }),
  ];
  return { height, widgets };
}

export function tablesRow({ draw, tables }: Parts): Row {
  const common = { stat: 'Sum', periodInSeconds: hour, stacked: true } as const;
  const ofTables = (metric: string): readonly Shown[] =>
    tables.map((name) => ['AWS/DynamoDB', metric, 'TableName', name]);
  const failed = tables.flatMap((name) =>
    operations.map((operation): Shown => [
      'AWS/DynamoDB',
      'SystemErrors',
      'TableName',
      name,
      'Operation',
      operation,
    ]),
  );
  const widgets = [
    draw({ title: 'Reads of tables', metrics: ofTables('ConsumedReadCapacityUnits'), ...common }),
    draw({ title: 'Writes of tables', metrics: ofTables('ConsumedWriteCapacityUnits'), ...common }),
    draw({ title: 'Errors of tables', metrics: [['AWS/DynamoDB', 'UserErrors'], ...failed], ...common }),
  ];
  return { height, widgets };
}

/** What functions ask of tables. */
const operations = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan'] as const;

const ofFunctions = (functions: readonly string[], metric: string): readonly Shown[] =>
  functions.map((name) => ['AWS/Lambda', metric, 'FunctionName', name]);

/** Name of the queue of dead letters of a function, and of the alarm on it. */
const deadLetters = (functionName: string) => `${functionName}DeadLetters`;
