import {
  GetDashboardCommand,
  GetMetricDataCommand,
  ListMetricsCommand,
  PutDashboardCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { customMetrics, metricsNamespace } from '#domain/metrics/measurement.ts';
import { functionsFor } from '#functions/catalogue.ts';
import { tableNames } from '#infrastructure/add-stores.ts';
import { cockpitOf } from '#infrastructure/dashboard/cockpit.ts';
import type { Placed } from '#infrastructure/dashboard/lay-out.ts';
import { deadLettersOf } from '#infrastructure/function-grants.ts';
import { openMetrics } from '#tests/emulator/cloudwatch/support-cloudwatch.ts';
import { opensAt } from '#tests/emulator/support-small-cloud.ts';
import { envelope } from '#tests/metering/records.ts';
import { recordedEvent } from '#tests/recorded-events.ts';
import { alice, anAccount, aWorld, management, settingsOf, tell } from '#tests/worlds.ts';

const withoutCosts = settingsOf();
const withCosts = settingsOf({ features: { with_cost_management_tag: 'cost-center' } });
type Metric = readonly (string | { readonly expression?: string })[];

function drawn(settings = withCosts) {
  const { name, body } = cockpitOf(settings, functionsFor(settings));
  const page = JSON.parse(body) as { start: string; widgets: readonly Placed[] };
  const titled = (title: string) => page.widgets.find(({ properties }) => properties['title'] === title);
  return { name, body, ...page, titled };
}

const metricsOf = ({ properties }: Placed) => (properties['metrics'] ?? []) as readonly Metric[];

const expressionsOf = (widgets: readonly Placed[]) =>
  widgets
    .flatMap(metricsOf)
    .flatMap(([first]) => (typeof first === 'object' ? (first.expression ?? []) : []));

/** Namespace, dimensions and name of each metric of ours that the dashboard names. */
function oursIn(widgets: readonly Placed[]) {
  const searched = expressionsOf(widgets).map((expression) => {
    const [, namespace, dimensions = '', name] =
      /^SEARCH\('\{(\w+),([^}]+)\} MetricName="(\w+)" Environment="SpaTest"', '\w+', \d+\)$/.exec(
        expression,
      ) ?? [];
    return { namespace, dimensions: dimensions.split(','), name: name ?? '' };
  });
  const named = widgets
    .flatMap(metricsOf)
    .filter(([namespace]) => namespace === metricsNamespace)
    .map(([namespace, name, dimension]) => ({
      namespace,
      dimensions: [dimension],
      name: typeof name === 'string' ? name : '',
    }));
  return [...searched, ...named];
}

describe('when the dashboard is drawn', () => {
  it('bears the name that people know, and is four weeks wide', () => {
    const { name, start } = drawn();

    expect(name).toBe('SpaTestCockpit-eu-west-1');
    expect(start).toBe('-P28D');
  });

  it('begins with the banner of the settings, or else with the environment', () => {
    const automation = {
      account_id: '123456789012',
      region: 'eu-west-1',
      role_arn_to_manage_accounts: 'arn:aws:iam::111111111111:role/SpaAccountsManagementRole',
      cockpit_markdown_text: '# Our accounts',
    };

    expect(drawn(settingsOf({ automation })).widgets[0]?.properties).toEqual({ markdown: '# Our accounts' });
    expect(drawn().widgets[0]?.properties).toEqual({ markdown: '# SpaTest' });
  });

  it.each([
    ['with costs', withCosts, 3],
    ['without costs', withoutCosts, 2],
  ])('fills every row from left to right, %s', (_, settings, inBusinessRow) => {
    const { widgets } = drawn(settings);

    const rows = Map.groupBy(widgets, ({ y }) => y);
    let next = 0;
    for (const [y, row] of rows) {
      expect(y).toBe(next);
      expect(row.map(({ x }) => x)).toEqual(row.map((_widget, index) => (index * 24) / row.length));
      expect(row.reduce((width, widget) => width + widget.width, 0)).toBe(24);
      next += row[0]?.height ?? 0;
    }
    expect([...rows.values()][1]).toHaveLength(inBusinessRow);
  });

  it('shows costs only where they are reported', () => {
    expect(drawn(withCosts).titled('Daily costs by cost center')).toBeDefined();
    expect(drawn(withoutCosts).titled('Daily costs by cost center')).toBeUndefined();
  });

  it('tells what a day has cost once, although it may be measured again', () => {
    const costs = drawn().titled('Daily costs by cost center');

    expect(expressionsOf(costs ? [costs] : [])).toEqual([expect.stringContaining("'Maximum', 86400")]);
  });

  it('shows every function that is deployed, its dead letters and its alarm, and every table', () => {
    const { titled } = drawn();
    const names = functionsFor(withCosts).map(({ name }) => name);
    const namesIn = (title: string, at: number) =>
      metricsOf(titled(title) as Placed).map((metric) => metric[at]);

    for (const title of ['Invocations of functions', 'Durations of functions', 'Errors of functions'])
      expect(namesIn(title, 3)).toEqual(names.map((name) => `SpaTest${name}`));
    expect(namesIn('Dead letters', 3)).toEqual(names.map((name) => `SpaTest${deadLettersOf(name)}`));
    expect(titled('Alarms')?.properties['alarms']).toEqual(
      names.map((name) => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:SpaTest${deadLettersOf(name)}`),
    );
    expect(new Set(namesIn('Reads of tables', 3))).toEqual(
      new Set(Object.values(tableNames(withCosts.metering)).map((name) => `SpaTest${name}`)),
    );
  });
});

describe('when the dashboard names metrics of ours', () => {
  it('names each as the code emits it, with its dimensions', () => {
    const named = oursIn(drawn().widgets);

    expect(new Set(named.map(({ name }) => name))).toEqual(new Set(Object.keys(customMetrics)));
    for (const { namespace, dimensions, name } of named) {
      const { dimension } = customMetrics[name as keyof typeof customMetrics];
      expect(namespace).toBe(metricsNamespace);
      expect(dimensions).toEqual(dimension === undefined ? ['Environment'] : [dimension, 'Environment']);
    }
  });

  it('finds what a life of accounts has emitted', async () => {
    const costs = [
      {
        account: alice,
        date: '2026-11-14',
        recordType: 'Usage',
        service: 'Amazon EC2',
        usageType: 'EUW1-BoxUsage',
        amount: '12.5',
      },
    ];
    const story = await tell([], { settings: withCosts, world: aWorld([anAccount()], { costs }) });
    await story.tag(alice, 'vanilla');
    await story.pass(61);
    await story.invoke(
      'OnConsoleLogin',
      recordedEvent('signin-console-login-for-account-root-template', { account_id: alice }),
    );
    await story.invoke('OnDailyCostsMetric', { date: '2026-11-14' });

    const { cloudwatch } = story.clients();
    const { DashboardBody = '' } = await cloudwatch.send(
      new GetDashboardCommand({ DashboardName: 'SpaTestCockpit-eu-west-1' }),
    );
    const { widgets } = JSON.parse(DashboardBody) as { widgets: readonly Placed[] };
    const { Metrics = [] } = await cloudwatch.send(new ListMetricsCommand({ Namespace: metricsNamespace }));
    const emitted = new Set(Metrics.map(({ MetricName = '' }) => MetricName));
    const named = oursIn(widgets).map(({ name }) => name);
    // Nothing is throttled where quotas are not enforced: see the test below.
    expect(named.filter((name) => !emitted.has(name))).toEqual(['ThrottledCalls']);
    const found = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(story.cloud.clock.now() - 28 * 864e5),
        EndTime: new Date(story.cloud.clock.now() + 36e5),
        MetricDataQueries: expressionsOf(widgets).map((Expression, index) => ({
          Id: `e${index}`,
          Expression,
        })),
      }),
    );
    const withData = new Set(
      found.MetricDataResults?.filter(({ Values }) => Values?.length).map(({ Id }) => Id),
    );
    expect(withData.size).toBe(expressionsOf(widgets).length);
  });

  it('counts the calls of functions that were throttled', async () => {
    const story = await tell([anAccount()], { quotas: true });
    const { organizations } = story.clients(management, 'us-east-1');
    const others = Array.from({ length: 12 }, () => organizations.send(new ListAccountsCommand({})));
    await Promise.all(others);

    await story.invoke('CheckAccounts');

    expect(story.log.some((line) => line['ThrottledCalls'] === 1)).toBe(true);
  });
});

describe('when there are 100 cost centers', () => {
  it('stays within the limits of CloudWatch', async () => {
    const { client } = openMetrics();
    const MetricData = Array.from({ length: 100 }, (_, index) => ({
      MetricName: 'DailyCostsByCostCenter',
      Value: index,
      Dimensions: [
        { Name: 'CostCenter', Value: `Center ${index}` },
        { Name: 'Environment', Value: 'SpaTest' },
      ],
    }));
    await client.send(new PutMetricDataCommand({ Namespace: metricsNamespace, MetricData }));
    const { name, body, widgets, titled } = drawn();

    await client.send(new PutDashboardCommand({ DashboardName: name, DashboardBody: body }));

    const [Expression = ''] = expressionsOf([titled('Daily costs by cost center') as Placed]);
    const { MetricDataResults: lines = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(opensAt),
        EndTime: new Date(opensAt + 864e5),
        MetricDataQueries: [{ Id: 'e1', Expression }],
      }),
    );
    expect(lines).toHaveLength(100);
    const perWidget = widgets.map(
      (widget) => metricsOf(widget).length + expressionsOf([widget]).length * lines.length,
    );
    expect(Math.max(...perWidget)).toBeLessThanOrEqual(500);
    expect(perWidget.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2500);
  });
});

describe('when an account event is heard', () => {
  it('is a metric that can be read back, by label and environment', async () => {
    const story = await tell([anAccount({ tags: { 'account-state': 'released' } })]);
    await story.invoke(
      'OnAccountEvent',
      envelope({ label: 'ReleasedAccount', account: alice }, '2026-11-16T08:00:00Z'),
    );

    const { MetricDataResults } = await story.clients().cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(story.cloud.clock.now() - 36e5),
        EndTime: new Date(story.cloud.clock.now() + 36e5),
        MetricDataQueries: [
          {
            Id: 'm1',
            MetricStat: {
              Metric: {
                Namespace: 'SustainablePersonalAccount',
                MetricName: 'AccountEventsByLabel',
                Dimensions: [
                  { Name: 'Label', Value: 'ReleasedAccount' },
                  { Name: 'Environment', Value: 'SpaTest' },
                ],
              },
              Period: 3600,
              Stat: 'Sum',
            },
          },
        ],
      }),
    );

    expect(MetricDataResults?.[0]?.Values).toEqual([1]);
  });
});
