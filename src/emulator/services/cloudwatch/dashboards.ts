import type {
  DeleteDashboardsCommandInput,
  GetDashboardCommandInput,
  ListDashboardsCommandInput,
  PutDashboardCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../aws-error.ts';
import { pageOf } from '../../pages.ts';
import type { Call } from '../../service.ts';
import { invalidToken, invalidValue, missing } from './cloudwatch-refusals.ts';
import { dashboardFaults } from './dashboard-body.ts';

interface Dashboard {
  readonly name: string;
  readonly body: string;
  readonly modified: Date;
}

const mostPerPage = 1000;

/** Dashboards belong to an account, whatever the region. */
export const dashboardArn = ({ account }: Pick<Call, 'account'>, name: string) =>
  `arn:aws:cloudwatch::${account}:dashboard/${name}`;

export function createDashboardOperations(now: () => number) {
  const kept = new Map<string, Map<string, Dashboard>>();

  function of({ account }: Call): Map<string, Dashboard> {
    const dashboards = kept.get(account) ?? new Map<string, Dashboard>();
    kept.set(account, dashboards);
    return dashboards;
  }

  return {
    PutDashboard({ DashboardName, DashboardBody }: PutDashboardCommandInput, call: Call) {
      const name = nameIn(DashboardName);
      const faults = dashboardFaults(DashboardBody ?? '');
      if (faults.length > 0) throw invalidBody(faults);
      of(call).set(name, { name, body: DashboardBody ?? '', modified: new Date(now()) });
      return { DashboardValidationMessages: [] };
    },

    GetDashboard({ DashboardName }: GetDashboardCommandInput, call: Call) {
      const name = nameIn(DashboardName);
      const dashboard = of(call).get(name);
      if (!dashboard) throw notFound(name);
      return { DashboardArn: dashboardArn(call, name), DashboardBody: dashboard.body, DashboardName: name };
    },

    ListDashboards({ DashboardNamePrefix = '', NextToken }: ListDashboardsCommandInput, call: Call) {
      const found = [...of(call).values()].filter(({ name }) => name.startsWith(DashboardNamePrefix));
      const { items, next } = pageOf(found, NextToken, mostPerPage, invalidToken());
      const DashboardEntries = items.map(({ name, body, modified }) => ({
        DashboardName: name,
        DashboardArn: dashboardArn(call, name),
        LastModified: modified,
        Size: Buffer.byteLength(body),
      }));
      return { DashboardEntries, NextToken: next };
    },

    DeleteDashboards({ DashboardNames = [] }: DeleteDashboardsCommandInput, call: Call) {
      const dashboards = of(call);
      for (const name of DashboardNames) if (!dashboards.has(name)) throw notFound(name);
      for (const name of DashboardNames) dashboards.delete(name);
      return {};
    },
  };
}

function nameIn(name: string | undefined): string {
  if (!name) throw missing('DashboardName');
  if (!/^[\w-]{1,255}$/.test(name))
    throw invalidValue(`The value ${name} for field DashboardName contains invalid characters.`);
  return name;
}

const notFound = (name: string) =>
  new AwsError('DashboardNotFoundError', `Dashboard ${name} does not exist`, 404);

const invalidBody = (faults: readonly unknown[]) =>
  new AwsError(
    'DashboardInvalidInputError',
    `The field DashboardBody is invalid, there are ${faults.length} validation errors`,
    400,
    { dashboardValidationMessages: faults },
  );
