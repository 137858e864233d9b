import type { AllPorts, Ports } from '#ports/ports.ts';
import type { AwsAccess } from '#adapters/aws/access.ts';
import { createAttachmentStore } from '#adapters/attachments/attachment-store.ts';
import { createDownloads } from '#adapters/attachments/downloads.ts';
import { sendOverNetwork } from '#adapters/chat/send-web.ts';
import { createSlackApp } from '#adapters/chat/slack-app.ts';
import { createSlackSeal } from '#adapters/chat/slack-seal.ts';
import { createTeamsWebhook } from '#adapters/chat/teams-webhook.ts';
import { createAccountCosts } from '#adapters/cost-explorer/account-costs.ts';
import { createOrganizationCosts } from '#adapters/cost-explorer/organization-costs.ts';
import { createExchangeRates } from '#adapters/exchange-rates/exchange-rates.ts';
import { fetchOverNetwork } from '#adapters/exchange-rates/fetch-page.ts';
import { createSesMailer } from '#adapters/mail/ses-mailer.ts';
import { createCostReports } from '#adapters/reports-bucket/cost-reports.ts';
import { createIncidentLog } from '#adapters/incidents/incident-log.ts';
import { createIncidentRecords } from '#adapters/incidents/incident-records.ts';
import { createNoticeTopic } from '#adapters/notices/notice-topic.ts';
import { createActivityTable } from '#adapters/activities/activity-table.ts';
import { createEmbeddedMetrics } from '#adapters/metrics/embedded-metrics.ts';
import { createSessions } from '#adapters/aws/sessions.ts';
import { createErrandQueues } from '#adapters/errands/errand-queues.ts';
import { createCentralBus } from '#adapters/event-bus/central-bus.ts';
import { createOrganizationDirectory } from '#adapters/organizations/organization-directory.ts';
import { createProgressTable } from '#adapters/progress/progress-table.ts';
import { createCsvReports } from '#adapters/reports-bucket/csv-reports.ts';
import { createReportsBucket, reportsBucketName } from '#adapters/reports-bucket/reports-bucket.ts';
import { createSettingsStore } from '#adapters/settings-store/settings-store.ts';
import { createShadowTable } from '#adapters/shadows/shadow-table.ts';
import { createTransactionTable } from '#adapters/transactions/transaction-table.ts';
import { createMemberWorkshop } from '#adapters/workshop/member-workshop.ts';
import type { Surroundings } from './environment.ts';

/** Every port over the AWS SDK, each made when it is first used: a function pays for what it needs only. */
export function connect(given: AwsAccess, surroundings: Surroundings, write?: (line: string) => void): Ports {
  const { account, central, managementRoleArn, memberRoleName, tables, wiring } = surroundings;
  const { environment } = central;
  const metrics = createEmbeddedMetrics(environment, given.clock, write);
  const access = { ...given, onThrottled: () => metrics.record({ metric: 'ThrottledCalls', value: 1 }) };
  const sessions = createSessions(access, { managementRoleArn, memberRoleName });
  return {
    central,
    clock: access.clock,
    metrics,
    tagPrefix: wiring.tagPrefix,
    ...lazily<AllPorts>({
      accounts: () => createOrganizationDirectory(sessions, wiring.tagPrefix),
      settings: () => createSettingsStore(access, environment),
      bus: () => createCentralBus(access, environment),
      workshop: () => createMemberWorkshop(access, sessions, account),
      progress: () => createProgressTable(access, environment),
      errands: () => createErrandQueues(access, { environment, account }),
      shadows: () => createShadowTable(access, tables.shadows),
      transactions: () => createTransactionTable(access, tables.transactions),
      activities: () => createActivityTable(access, tables.activities),
      csvReports: () =>
        createCsvReports(createReportsBucket(access, reportsBucketName(environment, account))),
      organizationCosts: () => createOrganizationCosts(sessions),
      exchangeRates: () =>
        createExchangeRates(
          access.fetchPage ?? fetchOverNetwork,
          createReportsBucket(access, reportsBucketName(environment, account)),
          access.clock,
        ),
      costReports: () => createCostReports(access, { environment, account }),
      mailer: () => createSesMailer(access),
      incidents: () => createIncidentRecords(access, surroundings.responsePlanArn),
      incidentLog: () => createIncidentLog(access, environment),
      notices: () => createNoticeTopic(access, { environment, account }),
      accountCosts: () => createAccountCosts(sessions),
      attachments: () => createAttachmentStore(access, { environment, account }),
      downloads: () => createDownloads(access, { environment, account }),
      teams: () => createTeamsWebhook(access, environment, access.sendWeb ?? sendOverNetwork),
      slack: () => createSlackApp(access, environment, access.sendWeb ?? sendOverNetwork),
      slackSeal: () => createSlackSeal(access, environment),
    }),
  };
}

function lazily<T extends object>(makers: { readonly [K in keyof T]: () => T[K] }): T {
  const made = {} as T;
  for (const name of Object.keys(makers) as (keyof T)[]) {
    let value: T[typeof name] | undefined;
    Object.defineProperty(made, name, { enumerable: true, get: () => (value ??= makers[name]()) });
  }
  return made;
}
