import type { Settings } from '#domain/settings/settings.ts';
import type { FunctionDeclaration } from './define-function.ts';
import { checkAccountsByHand } from './check-accounts.ts';
import { checkHealth } from './check-health.ts';
import { fromSlack } from './from-slack.ts';
import { onAccountEvent } from './on-account-event.ts';
import { onAccountsSweep } from './on-accounts-sweep.ts';
import { onActivityEvent } from './on-activity-event.ts';
import { onAlertFromCodebuild } from './on-alert-from-codebuild.ts';
import { onAlertFromSqs } from './on-alert-from-sqs.ts';
import { onAssignedAccountFromQueue } from './on-assigned-account-from-queue.ts';
import { onBuildReport } from './on-build-report.ts';
import { onChangedAccount } from './on-changed-account.ts';
import { onConsoleLogin } from './on-console-login.ts';
import { onDailyCostsMetric } from './on-daily-costs-metric.ts';
import { onEarlyCostReport } from './on-early-cost-report.ts';
import { onExceptionAttachmentDownload } from './on-exception-attachment-download.ts';
import { onException } from './on-exception.ts';
import { onExpiredAccount } from './on-expired-account.ts';
import { onInventoryReport } from './on-inventory-report.ts';
import { onMaintenanceWindow } from './on-maintenance-window.ts';
import { onMonthlyCostReport } from './on-monthly-cost-report.ts';
import { onNewcomersSweep } from './on-newcomers-sweep.ts';
import { onOngoingActivitiesReport } from './on-ongoing-activities-report.ts';
import { onPastActivitiesReport } from './on-past-activities-report.ts';
import { onPreparedAccountFromCodebuild } from './on-prepared-account-from-codebuild.ts';
import { onPurgedAccountFromCodebuild } from './on-purged-account-from-codebuild.ts';
import { onReleasedAccount } from './on-released-account.ts';
import { onRevisitFromQueue } from './on-revisit-from-queue.ts';
import { onStateChangeFromQueue } from './on-state-change-from-queue.ts';
import { onTransactionMetering } from './on-transaction-metering.ts';
import { onTransactionTimeOut } from './on-transaction-time-out.ts';
import { onUrgentStateChangeFromQueue } from './on-urgent-state-change-from-queue.ts';
import { onVanillaAccountTag } from './on-vanilla-account-tag.ts';
import { onVanillaAccount } from './on-vanilla-account.ts';
import { releaseAccountsByHand } from './release-accounts.ts';
import { resetAccountsByHand } from './reset-accounts.ts';
import { toMicrosoftTeams } from './to-microsoft-teams.ts';
import { toSlack } from './to-slack.ts';

/** Every function of the system: what is not in this list is neither deployed nor played. */
export const catalogue: readonly FunctionDeclaration[] = [
  checkAccountsByHand,
  checkHealth,
  fromSlack,
  onAccountEvent,
  onAccountsSweep,
  onActivityEvent,
  onAlertFromCodebuild,
  onAlertFromSqs,
  onAssignedAccountFromQueue,
  onBuildReport,
  onChangedAccount,
  onConsoleLogin,
  onDailyCostsMetric,
  onEarlyCostReport,
  onException,
  onExceptionAttachmentDownload,
  onExpiredAccount,
  onInventoryReport,
  onMaintenanceWindow,
  onMonthlyCostReport,
  onNewcomersSweep,
  onOngoingActivitiesReport,
  onPastActivitiesReport,
  onPreparedAccountFromCodebuild,
  onPurgedAccountFromCodebuild,
  onReleasedAccount,
  onRevisitFromQueue,
  onStateChangeFromQueue,
  onTransactionMetering,
  onTransactionTimeOut,
  onUrgentStateChangeFromQueue,
  onVanillaAccountTag,
  onVanillaAccount,
  releaseAccountsByHand,
  resetAccountsByHand,
  toMicrosoftTeams,
  toSlack,
];

/** The functions that a deployment has: some exist only where the settings ask for what they do. */
export const functionsFor = (settings: Settings): readonly FunctionDeclaration[] =>
  catalogue.filter(({ when }) => when?.(settings) ?? true);
