import * as z from 'zod';
import { accountShape, defaultsShape, unitShape } from './item-shape.ts';
import { scheduleExamples, scheduleFault } from './schedule-expression.ts';
import { incidentBackends, ratesProviders, verbosities } from './settings.ts';
import { fileMap, flag, listOf, oneOf, optionalText, section, text, textMap } from './shape-parts.ts';
import * as forms from './value-forms.ts';

const mostSeconds = 100 * 366 * 24 * 3600;

function seconds(description: string) {
  const expected = { error: 'a positive whole number of seconds, without quotes, 100 years at most' };
  return z.int(expected).positive(expected).max(mostSeconds, expected).nullish().meta({ description });
}

const schedule = z
  .string({ error: `a schedule such as ${scheduleExamples}` })
  .superRefine((expression, context) => {
    const message = expression === '' ? undefined : scheduleFault(expression);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  })
  .nullish()
  .meta({ description: 'When accounts are purged and prepared, in UTC. Left out: only by hand.' });

const webAddress = z
  .string({ error: 'a URL that begins with https://' })
  .refine((url) => url === '' || (/^https?:\/\//.test(url) && URL.canParse(url)), {
    error: 'a URL that begins with https://',
  })
  .nullish();

const amount = { error: 'a positive amount in USD, without quotes' };

const automation = section({
  account_id: optionalText(forms.accountNumber, 'The account that runs SPA. AWS_ACCOUNT wins over it.'),
  region: optionalText(forms.region, 'Where SPA runs. AWS_REGION wins over it.'),
  cockpit_markdown_text: optionalText(forms.anyText, 'Shown at the top of the dashboard.'),
  maintenance_window_expression: schedule,
  role_arn_to_manage_accounts: optionalText(
    forms.roleArn,
    'Lists and tags accounts. Its account is protected.',
  ),
  role_name_to_manage_codebuild: optionalText(forms.roleName, 'Assumed in managed accounts.'),
  tags: textMap(forms.tagKey, forms.tagValue, 'keys to values', 'Put on every central resource.'),
  verbosity: oneOf(verbosities, 'The least severe lines of the logs; INFO unless set.'),
  protected_accounts: listOf(forms.accountNumber, 'account numbers', 'Never managed: log archive, audit, …'),
});

const metering = section({
  activities_datastore: optionalText(forms.datastore, 'Table of activities, after the environment.'),
  activities_ttl_in_seconds: seconds('How long activities are kept; 366 days unless set.'),
  shadows_datastore: optionalText(forms.datastore, 'Table of what is known of accounts.'),
  shadows_ttl_in_seconds: seconds('How long an account is remembered; 183 days unless set.'),
  transactions_datastore: optionalText(forms.datastore, 'Table of transactions under way.'),
  transactions_ttl_in_seconds: seconds('Deadline of a transaction; 3 hours unless set.'),
});

const worker = section({
  preparation_buildspec_template_file: optionalText(forms.filePath, 'Build specification of preparations.'),
  purge_buildspec_template_file: optionalText(forms.filePath, 'Build specification of purges.'),
  preparation_with_administrator_access: flag(
    'Whether preparations may do everything in an account. Left out: only those with a build specification of yours.',
  ),
});

const features = section({
  with_arm_architecture: flag('Functions and builds run on ARM.'),
  with_cost_alarm_thresholds: z
    .record(z.string(), z.number(amount).positive(amount), { error: 'a map of cost centers to USD a month' })
    .nullish()
    .meta({ description: 'USD a month above which a cost center raises an alarm.' }),
  with_cost_email_recipients: listOf(
    forms.emailAddress,
    'e-mail addresses',
    'Receive the monthly cost reports.',
  ),
  with_cost_extra_currencies: listOf(forms.currency, 'currencies', 'Cost reports are also made in these.'),
  with_cost_forecast: flag('Cost reports look ahead.'),
  with_cost_management_tag: optionalText(
    forms.tagKey,
    'Tag of cost centers; costs are reported only if set.',
  ),
  with_cost_rates_provider: oneOf(ratesProviders, 'Who tells exchange rates; open-er-api unless set.'),
  with_csv_files: listOf(
    forms.filePath,
    'paths of CSV files',
    'Rows for accounts, from the folder of this file.',
  ),
  with_email_subscriptions_on_alerts: listOf(forms.emailAddress, 'e-mail addresses', 'Receive alerts.'),
  with_end_user_documents: fileMap('Files for the holders of accounts.'),
  with_incident_backend: oneOf(incidentBackends, 'Where incidents are recorded.'),
  with_microsoft_webhook_on_alerts: webAddress.meta({ description: 'Incoming webhook of Microsoft Teams.' }),
  with_origin_email_recipient: optionalText(forms.sender, 'From: of mails, validated by SES.'),
  with_response_plan_arn: optionalText(forms.responsePlanArn, 'Response plan of Incident Manager.'),
  with_slack_channel_on_alerts: optionalText(forms.anyText, 'Channel in which the Slack bot speaks.'),
  with_slack_webhook_on_alerts: webAddress.meta({ description: 'Incoming webhook of Slack.' }),
  with_tag_prefix: text(forms.tagPrefix)
    .nullish()
    .meta({ description: 'Begins our tags; account- unless set.' }),
});

const reporting = section({
  activities_prefix: optionalText(forms.reportPrefix, 'SpaReports/Activities unless set.'),
  builds_prefix: optionalText(forms.reportPrefix, 'SpaReports/Builds unless set.'),
  costs_prefix: optionalText(forms.reportPrefix, 'SpaReports/Costs unless set.'),
  costs_markdown_template: optionalText(forms.anyText, 'Text of the monthly mail; {month} is replaced.'),
  exceptions_prefix: optionalText(forms.reportPrefix, 'SpaReports/Exceptions unless set.'),
  inventories_prefix: optionalText(forms.reportPrefix, 'SpaReports/Inventories unless set.'),
});

/** The shape of a settings file: what a key may hold, not how keys depend on each other. */
export const settingsShape = section({
  environment_identifier: optionalText(forms.environmentIdentifier, 'Begins all names; SpaBeta unless set.'),
  automation: automation.nullish().meta({ description: 'The account that runs SPA.' }),
  metering: metering.nullish().meta({ description: 'What is remembered, and for how long.' }),
  worker: worker.nullish().meta({ description: 'Left out: the build specifications of the project.' }),
  defaults: defaultsShape,
  organizational_units: z
    .array(unitShape, { error: 'a list of organizational units' })
    .nullish()
    .meta({ description: 'Accounts in these, or in units below, are managed.' }),
  accounts: z
    .array(accountShape, { error: 'a list of accounts' })
    .nullish()
    .meta({ description: 'Accounts with settings of their own; managed wherever they are.' }),
  features: features.nullish().meta({ description: 'What can be switched on.' }),
  reporting: reporting.nullish().meta({ description: 'Where reports go.' }),
});

export type WrittenSettings = z.output<typeof settingsShape>;
