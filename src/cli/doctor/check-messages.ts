import { readIncidentBackend } from '#adapters/doctor/incident-backend.ts';
import { lookFrom } from '#adapters/doctor/look.ts';
import { readMailIdentity } from '#adapters/doctor/mail-identity.ts';
import { confirmedSubscribers, deadLetters, ringingAlarms } from '#adapters/doctor/trouble.ts';
import { exceptionsTopic } from '#adapters/notices/notice-topic.ts';
import { diagnose, type Diagnosis } from '#domain/doctor/diagnosis.ts';
import { incidentsCanBeOpened } from '#domain/doctor/incidents.ts';
import { addressIn, mailsAreWanted, mailsCanBeSent } from '#domain/doctor/mail.ts';
import { noAlarms, noDeadLetters, subscribersAreConfirmed } from '#domain/doctor/trouble.ts';
import { responsePlanArnOf } from '#domain/incidents/response-plan.ts';
import type { Diagnoses, Visit } from './visit.ts';

/** Whether people will be told of what goes wrong; and whether anything has. */
export async function checkMessages(visit: Visit): Promise<Diagnoses> {
  const { settings, central, expectations } = visit;
  const { environment, automation, features } = settings;
  const { accountId, region } = automation;
  const topic = `arn:aws:sns:${region}:${accountId}:${environment}${exceptionsTopic}`;
  const wanted = [...new Set(features.emailSubscriptionsOnAlerts)];
  const [mail, incidents, confirmed, letters, alarms] = await Promise.all([
    lookAtMail(visit),
    lookFrom(central, (access) => readIncidentBackend(access, features.incidentBackend)),
    lookFrom(central, (access) => confirmedSubscribers(access, topic)),
    lookFrom(central, (access) => deadLetters(access, environment, expectations.deadLetters)),
    lookFrom(central, (access) => ringingAlarms(access, environment)),
  ]);
  const plan = { arn: responsePlanArnOf(settings), isNamed: features.responsePlanArn !== undefined };
  return {
    mail,
    incidents: diagnose(incidents, (seen) => incidentsCanBeOpened(seen, plan, accountId)),
    subscribers: diagnose(confirmed, (seen) =>
      subscribersAreConfirmed(
        wanted.filter((address) => !seen.includes(address)),
        wanted.length,
      ),
    ),
    'dead-letters': diagnose(letters, (seen) => noDeadLetters(seen, accountId)),
    alarms: diagnose(alarms, (seen) => noAlarms(seen, environment)),
  };
}

async function lookAtMail({ settings: { features, automation }, central }: Visit): Promise<Diagnosis> {
  const unwanted = mailsAreWanted(features);
  if (unwanted) return unwanted;
  const sight = await lookFrom(central, (access) =>
    readMailIdentity(access, addressIn(features.originEmailRecipient ?? '')),
  );
  return diagnose(sight, (seen) => mailsCanBeSent(seen, features, automation.region));
}
