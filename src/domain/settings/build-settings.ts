import { isAccountId } from '#domain/account.ts';
import type { AccountId } from '#domain/account.ts';
import type { SettingsLevels } from './effective-settings.ts';
import type {
  AutomationSettings,
  ChatSettings,
  CostSettings,
  FeatureSettings,
  MeteringSettings,
  NamedFile,
  ReportingSettings,
  Settings,
  WorkerSettings,
} from './settings.ts';
import type { WrittenSettings } from './settings-shape.ts';
import { textsFrom } from './listed-items.ts';
import { partAt } from './written.ts';
import type { Written } from './written.ts';
import { usualDatastores } from './table-rules.ts';

const day = 24 * 60 * 60;

/** The parts of right settings, checked one by one. */
export interface SettingsParts {
  readonly shape: WrittenSettings;
  readonly root: Written;
  readonly accountId: AccountId;
  readonly region: string;
  readonly managementRoleArn: string;
  readonly managementAccount: AccountId;
  readonly levels: SettingsLevels;
  readonly worker: WorkerSettings;
  readonly endUserDocuments: Readonly<Record<string, NamedFile>>;
  readonly notificationDocuments: Readonly<Record<string, NamedFile>>;
}

/** Fills in every default. A text left empty counts as left out, hence `||`. */
export function buildSettings(parts: SettingsParts): Settings {
  const { shape, worker, notificationDocuments } = parts;
  const automation = automationFrom(parts);
  const features = featuresFrom(parts);
  const reporting = reportingFrom(shape);
  return {
    environment: shape.environment_identifier || 'SpaBeta',
    automation,
    metering: meteringFrom(shape),
    worker,
    features,
    reporting,
    notificationDocuments,
    book: {
      tagPrefix: features.tagPrefix,
      costs: costsFrom(features),
      chat: chatFrom(features),
      reporting,
      protectedAccounts: [automation.managementAccount, ...automation.protectedAccounts],
      automationAccount: automation.accountId,
      // Nobody knows what a build specification of somebody else does.
      preparesAsAdministrator:
        shape.worker?.preparation_with_administrator_access ?? worker.preparationBuildspec !== undefined,
      ...parts.levels,
    },
  };
}

function automationFrom(parts: SettingsParts): AutomationSettings {
  const { accountId, region, managementRoleArn, managementAccount } = parts;
  const written = parts.shape.automation;
  return {
    accountId,
    region,
    managementRoleArn,
    managementAccount,
    cockpitMarkdownText: written?.cockpit_markdown_text || undefined,
    maintenanceWindowExpression: written?.maintenance_window_expression || undefined,
    memberRoleName: written?.role_name_to_manage_codebuild || 'AWSControlTowerExecution',
    tags: textsFrom(partAt(parts.root, ['automation', 'tags'])),
    verbosity: written?.verbosity ?? 'INFO',
    protectedAccounts: (written?.protected_accounts ?? []).filter(isAccountId),
  };
}

function meteringFrom({ metering }: WrittenSettings): MeteringSettings {
  return {
    activitiesDatastore: metering?.activities_datastore || usualDatastores.activities_datastore,
    activitiesTtlInSeconds: metering?.activities_ttl_in_seconds ?? 366 * day,
    shadowsDatastore: metering?.shadows_datastore || usualDatastores.shadows_datastore,
    shadowsTtlInSeconds: metering?.shadows_ttl_in_seconds ?? 183 * day,
    transactionsDatastore: metering?.transactions_datastore || usualDatastores.transactions_datastore,
    transactionsTtlInSeconds: metering?.transactions_ttl_in_seconds ?? 3 * 60 * 60,
  };
}

function featuresFrom({ shape, endUserDocuments }: SettingsParts): FeatureSettings {
  const written = shape.features;
  const responsePlanArn = written?.with_response_plan_arn || undefined;
  const currencies = (written?.with_cost_extra_currencies ?? []).map((currency) => currency.toUpperCase());
  return {
    armArchitecture: written?.with_arm_architecture ?? false,
    costAlarmThresholds: written?.with_cost_alarm_thresholds ?? {},
    costEmailRecipients: written?.with_cost_email_recipients ?? [],
    costExtraCurrencies: [...new Set(currencies)],
    costForecast: written?.with_cost_forecast ?? false,
    costManagementTag: written?.with_cost_management_tag || undefined,
    costRatesProvider: written?.with_cost_rates_provider ?? 'open-er-api',
    csvFiles: written?.with_csv_files ?? [],
    emailSubscriptionsOnAlerts: written?.with_email_subscriptions_on_alerts ?? [],
    endUserDocuments,
    // Whoever names a response plan has Incident Manager, and wants incidents there, as before.
    incidentBackend: written?.with_incident_backend ?? (responsePlanArn ? 'incident-manager' : 'ops-center'),
    microsoftWebhookOnAlerts: written?.with_microsoft_webhook_on_alerts || undefined,
    originEmailRecipient: written?.with_origin_email_recipient || undefined,
    responsePlanArn,
    slackChannelOnAlerts: written?.with_slack_channel_on_alerts || undefined,
    slackWebhookOnAlerts: written?.with_slack_webhook_on_alerts || undefined,
    tagPrefix: written?.with_tag_prefix ?? 'account-',
  };
}

function costsFrom(features: FeatureSettings): CostSettings {
  return {
    tag: features.costManagementTag ?? 'cost-center',
    extraCurrencies: features.costExtraCurrencies,
    ratesProvider: features.costRatesProvider,
    alarmThresholds: features.costAlarmThresholds,
    forecast: features.costForecast,
    recipients: features.costEmailRecipients,
    sender: features.originEmailRecipient,
  };
}

function chatFrom({
  slackChannelOnAlerts: slackChannel,
  slackWebhookOnAlerts,
}: FeatureSettings): ChatSettings {
  return { usesSlack: (slackChannel ?? slackWebhookOnAlerts) !== undefined, slackChannel };
}

function reportingFrom({ reporting }: WrittenSettings): ReportingSettings {
  return {
    activitiesPrefix: reporting?.activities_prefix || 'SpaReports/Activities',
    buildsPrefix: reporting?.builds_prefix || 'SpaReports/Builds',
    costsPrefix: reporting?.costs_prefix || 'SpaReports/Costs',
    costsMarkdownTemplate: reporting?.costs_markdown_template || 'The cost reports for {month} are attached.',
    exceptionsPrefix: reporting?.exceptions_prefix || 'SpaReports/Exceptions',
    inventoriesPrefix: reporting?.inventories_prefix || 'SpaReports/Inventories',
  };
}
