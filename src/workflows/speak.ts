import type { ChatAsked } from '#events/chat-asked.ts';
import type { Said } from '#ports/chat.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';

/** Says in Microsoft Teams what an event asks for, once. */
export const speakInTeams = async (
  asked: ChatAsked,
  ports: Ports<'teams' | 'incidentLog'>,
): Promise<Outcome> => once(asked, ports, () => ports.teams.post(asked));

/** Says, changes or shows in Slack what an event asks for, once, in the channel of the settings unless it names one. */
export const speakInSlack = async (
  asked: ChatAsked,
  ports: Ports<'slack' | 'incidentLog' | 'settings'>,
): Promise<Outcome> =>
  once(asked, ports, async () => {
    const { slack, settings } = ports;
    const { label, timestamp, file, message } = asked;
    const channel = asked.channel ?? (await settings.book()).chat.slackChannel;
    if (label === 'UploadToSlack' && file) return slack.upload({ ...file, comment: message }, channel);
    if (label === 'UpdateToSlack' && timestamp) return slack.update(asked, timestamp, channel);
    return slack.post(asked, channel);
  });

/** Events that people make up by hand have no identity: each of them is meant. */
async function once(
  { label, identity }: ChatAsked,
  { incidentLog }: Ports<'incidentLog'>,
  say: () => Promise<Said>,
): Promise<Outcome> {
  const deed = identity && `said/${label}/${identity}`;
  if (deed && (await incidentLog.doneAmong([deed])).has(deed)) return { outcome: 'said already', label };
  const outcome = await say();
  if (deed && outcome === 'said') await incidentLog.done(deed);
  return { outcome, label };
}
