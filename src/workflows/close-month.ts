import { costMail } from '#domain/costs/cost-mail.ts';
import type { MonthAsked } from '#events/date-asked.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { monthToReport, reportMonth, type ReportedMonth, type ReportingPorts } from './report-costs.ts';

type Needs = ReportingPorts & Ports<'mailer'>;

/** The final costs of a month, told to the managers by mail. */
export async function closeMonth(asked: MonthAsked, ports: Needs): Promise<Outcome> {
  const month = monthToReport(asked, ports);
  if (typeof month !== 'string') return month;
  const reported = await reportMonth(month, ports);
  const mail = await mailOnce(asked, reported, ports);
  return { outcome: 'reported', ...reported.line, mail };
}

/** A schedule may deliver its event twice; whoever asks by hand wants the mail again. */
async function mailOnce({ occasion }: MonthAsked, reported: ReportedMonth, ports: Needs): Promise<string> {
  const event = occasion && `CostMail-${occasion}`;
  if (event && (await ports.progress.isKnown(event))) return 'sent before';
  const told = await mailSummaries(reported, ports);
  if (event) await ports.progress.know(event);
  return told;
}

/** Nothing is sent when there is nobody to send it to, or from. */
async function mailSummaries(
  { month, attachments }: ReportedMonth,
  { settings, costReports, mailer }: Needs,
): Promise<string> {
  const { costs, reporting } = await settings.book();
  const { sender, recipients } = costs;
  if (!sender) return 'not sent: with_origin_email_recipient names no sender';
  if (recipients.length === 0) return 'not sent: with_cost_email_recipients names nobody';
  const { costsMarkdownTemplate: template } = reporting;
  await mailer.send({
    sender,
    recipients,
    ...costMail(month, template, attachments, (key) => costReports.addressOf(key)),
  });
  return `sent to ${recipients.length}`;
}
