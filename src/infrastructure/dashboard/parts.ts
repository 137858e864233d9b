import { incidentsTable } from '#adapters/incidents/incident-log.ts';
import { progressTable } from '#adapters/progress/progress-table.ts';
import type { MetricName } from '#domain/metrics/measurement.ts';
import type { Settings } from '#domain/settings/settings.ts';
import type { FunctionDeclaration } from '#functions/define-function.ts';
import { recordTablesOf } from '#runtime/record-tables.ts';
import { graph, ours, type Graph, type Widget } from './widget.ts';

export const hour = 3600;

/** What is deployed, by the names that it has in the cloud, and how graphs of it are drawn. */
export interface Parts {
  readonly environment: string;
  readonly region: string;
  readonly account: string;
  readonly functions: readonly string[];
  readonly tables: readonly string[];
  readonly draw: (graph: Graph) => Widget;
  /** A graph of all metrics of ours of one name. */
  readonly search: (title: string, metric: MetricName, given?: Partial<Graph>) => Widget;
}

export function partsOf(settings: Settings, functions: readonly FunctionDeclaration[]): Parts {
  const { environment, automation } = settings;
  const { region, accountId } = automation;
  const own = [progressTable, incidentsTable].map((name) => `${environment}${name}`);
  const draw = (drawn: Graph) => graph(region, drawn);
  return {
    environment,
    region,
    account: accountId,
    functions: functions.map(({ name }) => `${environment}${name}`),
    tables: [...Object.values(recordTablesOf(settings)).map(({ name }) => name), ...own],
    draw,
    search(title, metric, given = {}) {
      const drawn = { title, stat: 'Sum', periodInSeconds: hour, stacked: true, ...given } as const;
      return draw({ ...drawn, metrics: [ours(metric, environment, drawn)] });
    },
  };
}
