import { DeleteDashboardsCommand, PutDashboardCommand } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { unlessGone } from './gone.ts';
import { tagList, tagsFrom, text } from './property-shapes.ts';
import { defineResource, type Site } from './resource-provider.ts';
import { refuseOtherTags } from './tag-changes.ts';

const shape = z.strictObject({ DashboardName: text.optional(), DashboardBody: text, Tags: tagList });

/** AWS::CloudWatch::Dashboard */
export const cloudWatchDashboard = defineResource({
  type: 'AWS::CloudWatch::Dashboard',
  shape,
  create: (dashboard, site) => put(dashboard.DashboardName ?? site.givenName, dashboard, site),
  async update({ resource: { physicalId }, former, properties: dashboard }, site) {
    if (dashboard.DashboardName !== former.DashboardName) return undefined;
    refuseOtherTags(former.Tags, dashboard.Tags);
    return put(physicalId, dashboard, site);
  },
  remove: ({ physicalId: name }, _, { clients: { cloudwatch } }) =>
    unlessGone(cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: [name] }))),
});

async function put(
  DashboardName: string,
  { DashboardBody, Tags }: z.infer<typeof shape>,
  { clients: { cloudwatch }, tags }: Site,
) {
  await cloudwatch.send(
    new PutDashboardCommand({ DashboardName, DashboardBody, Tags: tagsFrom(Tags, tags) }),
  );
  return { physicalId: DashboardName, reference: DashboardName, attributes: {} };
}
