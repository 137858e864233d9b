import type { AccountId } from '#domain/account.ts';

export const verbosities = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;

/** The least severe lines that functions write to their logs. */
export type Verbosity = (typeof verbosities)[number];

export const featureStates = ['enabled', 'disabled'] as const;

/** Whether accounts are prepared, purged or notified at all; `disabled` unless the settings say otherwise. */
export type FeatureState = (typeof featureStates)[number];

export const incidentBackends = ['ops-center', 'incident-manager'] as const;

/** Where incidents are recorded. AWS opens Incident Manager to no new customer, hence OpsCenter. */
export type IncidentBackend = (typeof incidentBackends)[number];

export const ratesProviders = ['open-er-api', 'european-central-bank'] as const;

/** Who tells what a dollar is worth in other currencies. */
export type RatesProvider = (typeof ratesProviders)[number];

/** Tags, or variables of a build. Values are text, written as in the settings file: `500.0` stays `500.0`. */
export type Texts = Readonly<Record<string, string>>;

/** A file that the settings name, with its content. */
export interface NamedFile {
  readonly path: string;
  readonly text: string;
}

/** Preparation or purge of accounts. Where the feature is left out, a weaker level decides. */
export interface WorkSettings {
  readonly feature?: FeatureState;
  readonly variables: Texts;
}

/** Messages to the holders of accounts. `documents` maps labels to files, named as in the settings. */
export interface NotificationSettings {
  readonly feature?: FeatureState;
  readonly documents: Texts;
  readonly placeholders: Texts;
}

/** What one level says: `defaults`, an organizational unit, or an account. What is left out comes from a weaker level. */
export interface ItemSettings {
  readonly note?: string;
  readonly accountTags: Texts;
  readonly unsetTags?: readonly string[];
  readonly preparation: WorkSettings;
  readonly purge: WorkSettings;
  readonly notifications?: NotificationSettings;
}

/** How costs are told, and to whom: the features `with_cost_…` as functions need them. */
export interface CostSettings {
  /** Key of the tag that names the cost center of an account: `cost-center` where costs are not reported. */
  readonly tag: string;
  /** Codes in capitals, each once. */
  readonly extraCurrencies: readonly string[];
  readonly ratesProvider: RatesProvider;
  /** Amounts in USD a month, by cost center. */
  readonly alarmThresholds: Readonly<Record<string, number>>;
  readonly forecast: boolean;
  readonly recipients: readonly string[];
  /** Address from which mails are sent; without it none is. */
  readonly sender?: string | undefined;
}

/** Where people are told of exceptions. Webhooks and tokens are secrets, and travel elsewhere. */
export interface ChatSettings {
  /** Whether somebody has set up Slack, too; a channel that is not set up stays silent. */
  readonly usesSlack: boolean;
  readonly slackChannel?: string | undefined;
}

/**
 * All that functions need to decide about accounts. It travels as one JSON document for 10,000 accounts,
 * so rows hold only what their cells say.
 */
export interface SettingsBook {
  readonly tagPrefix: string;
  readonly costs: CostSettings;
  readonly chat: ChatSettings;
  readonly reporting: ReportingSettings;
  /** Accounts that must never be touched: the management account first, then `automation.protected_accounts`. */
  readonly protectedAccounts: readonly AccountId[];
  /** May be listed: it is prepared, and never purged. */
  readonly automationAccount: AccountId;
  /** Whether preparations may do everything in an account, or just what our build specification does. */
  readonly preparesAsAdministrator: boolean;
  readonly defaults: ItemSettings;
  /** By identifier of the organizational unit. */
  readonly units: Readonly<Record<string, ItemSettings>>;
  /** By account number: the items written in the YAML file. */
  readonly accounts: Readonly<Record<string, ItemSettings>>;
  /** By account number: the rows of all CSV files, later files over earlier ones. */
  readonly rows: Readonly<Record<string, Partial<ItemSettings>>>;
}

/** The account that runs SPA, and how it reaches the others. */
export interface AutomationSettings {
  readonly accountId: AccountId;
  readonly region: string;
  readonly cockpitMarkdownText?: string | undefined;
  /** EventBridge `cron(…)` or `rate(…)`. Without it, windows are only opened by hand. */
  readonly maintenanceWindowExpression?: string | undefined;
  readonly managementRoleArn: string;
  /** The account of the management role. */
  readonly managementAccount: AccountId;
  /** Assumed from the management role, in every managed account. */
  readonly memberRoleName: string;
  /** Put on every central resource. */
  readonly tags: Texts;
  readonly verbosity: Verbosity;
  /** As written; the management account is protected without being named here. */
  readonly protectedAccounts: readonly AccountId[];
}

/** Tables are named after the environment and the datastore. */
export interface MeteringSettings {
  readonly activitiesDatastore: string;
  readonly activitiesTtlInSeconds: number;
  readonly shadowsDatastore: string;
  readonly shadowsTtlInSeconds: number;
  readonly transactionsDatastore: string;
  /** Also the deadline of a transaction. */
  readonly transactionsTtlInSeconds: number;
}

/** Build specifications given instead of the project's own. */
export interface WorkerSettings {
  readonly preparationBuildspec?: NamedFile | undefined;
  readonly purgeBuildspec?: NamedFile | undefined;
}

/** The keys `with_…` of the section `features`. */
export interface FeatureSettings {
  readonly armArchitecture: boolean;
  /** Amounts in USD a month, by cost center. */
  readonly costAlarmThresholds: Readonly<Record<string, number>>;
  readonly costEmailRecipients: readonly string[];
  /** ISO 4217 codes in capitals, each once. */
  readonly costExtraCurrencies: readonly string[];
  readonly costForecast: boolean;
  /** Costs are reported only where this key of a tag is set. */
  readonly costManagementTag?: string | undefined;
  readonly costRatesProvider: RatesProvider;
  readonly csvFiles: readonly string[];
  readonly emailSubscriptionsOnAlerts: readonly string[];
  /** By label. */
  readonly endUserDocuments: Readonly<Record<string, NamedFile>>;
  readonly incidentBackend: IncidentBackend;
  /** A secret: whoever knows it can post to the channel. */
  readonly microsoftWebhookOnAlerts?: string | undefined;
  readonly originEmailRecipient?: string | undefined;
  readonly responsePlanArn?: string | undefined;
  /** Name or identifier of the channel in which the bot speaks. */
  readonly slackChannelOnAlerts?: string | undefined;
  /** A secret, too. */
  readonly slackWebhookOnAlerts?: string | undefined;
  readonly tagPrefix: string;
}

/** Prefixes of keys in the reports bucket, and the text of the monthly mail. */
export interface ReportingSettings {
  readonly activitiesPrefix: string;
  readonly buildsPrefix: string;
  readonly costsPrefix: string;
  /** Markdown, in which `{month}` stands for the month of the report. */
  readonly costsMarkdownTemplate: string;
  readonly exceptionsPrefix: string;
  readonly inventoriesPrefix: string;
}

/** A settings file that has been found right, with everything filled in. */
export interface Settings {
  readonly environment: string;
  readonly automation: AutomationSettings;
  readonly metering: MeteringSettings;
  readonly worker: WorkerSettings;
  readonly features: FeatureSettings;
  readonly reporting: ReportingSettings;
  /** Files of `notifications.documents`, by name as written in the settings. */
  readonly notificationDocuments: Readonly<Record<string, NamedFile>>;
  readonly book: SettingsBook;
}
