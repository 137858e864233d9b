import { DeleteDashboardsCommand, PutDashboardCommand } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';

const shape = z.strictObject({ DashboardName: text.optional(), DashboardBody: text });

/** AWS::CloudWatch::Dashboard */
export const cloudWatchDashboard = defineResource({
  type: 'AWS::CloudWatch::Dashboard',
  shape,
  create: (dashboard, site) => put(dashboard.DashboardName ?? site.givenName, dashboard, site),
  update: async ({ resource: { physicalId }, former, properties: dashboard }, site) =>
    dashboard.DashboardName === former.DashboardName ? put(physicalId, dashboard, site) : undefined,
  remove: ({ physicalId: name }, _, { clients: { cloudwatch } }) =>
    unlessGone(cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: [name] }))),
});

async function put(
  DashboardName: string,
  { DashboardBody }: z.infer<typeof shape>,
  { clients: { cloudwatch } }: Site,
) {
  await cloudwatch.send(new PutDashboardCommand({ DashboardName, DashboardBody }));
  return { physicalId: DashboardName, reference: DashboardName, attributes: {} };
}
