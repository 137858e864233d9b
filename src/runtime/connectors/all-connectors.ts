import { accountCosts } from './account-costs.ts';
import { accounts } from './accounts.ts';
import { activities } from './activities.ts';
import { attachments } from './attachments.ts';
import { buildReports } from './build-reports.ts';
import { bus } from './bus.ts';
import type { Connectors } from './connection.ts';
import { costReports } from './cost-reports.ts';
import { csvReports } from './csv-reports.ts';
import { downloads } from './downloads.ts';
import { errands } from './errands.ts';
import { exchangeRates } from './exchange-rates.ts';
import { incidentLog } from './incident-log.ts';
import { incidents } from './incidents.ts';
import { logins } from './logins.ts';
import { mailer } from './mailer.ts';
import { notices } from './notices.ts';
import { organizationCosts } from './organization-costs.ts';
import { progress } from './progress.ts';
import { settings } from './settings.ts';
import { shadows } from './shadows.ts';
import { slack } from './slack.ts';
import { slackSeal } from './slack-seal.ts';
import { teams } from './teams.ts';
import { transactions } from './transactions.ts';
import { workshop } from './workshop.ts';

/** Those of all ports: for whoever runs functions side by side, since a bundle takes those of its function only. */
export const allConnectors: Connectors = {
  accountCosts,
  accounts,
  activities,
  attachments,
  buildReports,
  bus,
  costReports,
  csvReports,
  downloads,
  errands,
  exchangeRates,
  incidentLog,
  incidents,
  logins,
  mailer,
  notices,
  organizationCosts,
  progress,
  settings,
  shadows,
  slack,
  slackSeal,
  teams,
  transactions,
  workshop,
};
