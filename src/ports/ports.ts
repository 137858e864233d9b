import type { Central } from '#domain/equipment.ts';
import type { AccountCosts } from './account-costs.ts';
import type { AccountDirectory } from './account-directory.ts';
import type { ActivityStore } from './activity-store.ts';
import type { Attachments, Downloads } from './attachments.ts';
import type { BuildReports } from './build-reports.ts';
import type { SlackChannel, SlackSeal, TeamsChannel } from './chat.ts';
import type { Clock } from './clock.ts';
import type { CostReports } from './cost-reports.ts';
import type { CsvReports } from './csv-reports.ts';
import type { Errands } from './errands.ts';
import type { EventBus } from './event-bus.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import type { IncidentLog } from './incident-log.ts';
import type { IncidentRecords } from './incident-records.ts';
import type { LoginLog } from './login-log.ts';
import type { Mailer } from './mailer.ts';
import type { Metrics } from './metrics.ts';
import type { NoticeBoard } from './notice-board.ts';
import type { OrganizationCosts } from './organization-costs.ts';
import type { ProgressStore } from './progress.ts';
import type { SettingsSource } from './settings-source.ts';
import type { ShadowStore } from './shadow-store.ts';
import type { TransactionLog } from './transaction-log.ts';
import type { Workshop } from './workshop.ts';

/** What workflows may need from the world; each comes with the grants that it takes. */
export interface AllPorts {
  readonly accounts: AccountDirectory;
  readonly settings: SettingsSource;
  readonly bus: EventBus;
  readonly workshop: Workshop;
  readonly progress: ProgressStore;
  readonly errands: Errands;
  readonly shadows: ShadowStore;
  readonly transactions: TransactionLog;
  readonly logins: LoginLog;
  readonly activities: ActivityStore;
  readonly csvReports: CsvReports;
  readonly buildReports: BuildReports;
  readonly organizationCosts: OrganizationCosts;
  readonly exchangeRates: ExchangeRates;
  readonly costReports: CostReports;
  readonly mailer: Mailer;
  readonly incidents: IncidentRecords;
  readonly incidentLog: IncidentLog;
  readonly notices: NoticeBoard;
  readonly accountCosts: AccountCosts;
  readonly attachments: Attachments;
  readonly downloads: Downloads;
  readonly teams: TeamsChannel;
  readonly slack: SlackChannel;
  readonly slackSeal: SlackSeal;
}

export type PortName = keyof AllPorts;

/** What every workflow is given, since it takes no grant. */
export interface Given {
  readonly central: Central;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** What the keys of our tags begin with. */
  readonly tagPrefix: string;
}

export type Ports<Needed extends PortName = PortName> = Pick<AllPorts, Needed> & Given;
