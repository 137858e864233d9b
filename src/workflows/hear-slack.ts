import { isFromSlack } from '#domain/chat/slack-signature.ts';
import { slackTold } from '#events/slack-told.ts';
import type { WebRequest } from '#events/web-request.ts';
import type { Outcome, WebAnswer } from '#ports/outcome.ts';
import type { Ports } from '#ports/ports.ts';
import { epochSeconds } from './undertake.ts';

type Needs = Ports<'slackSeal' | 'incidentLog' | 'bus'>;

/** What people do in Slack comes to the bus, when it is Slack that tells it; it tells things twice when in doubt. */
export async function hearSlack(request: WebRequest, ports: Needs): Promise<Outcome> {
  const secret = await ports.slackSeal.secret();
  const sent = {
    body: request.body,
    timestamp: request.header('x-slack-request-timestamp'),
    signature: request.header('x-slack-signature'),
  };
  if (request.method !== 'POST' || !secret || !isFromSlack(sent, secret, epochSeconds(ports.clock)))
    return { outcome: 'refused', answer: textAnswer(403, 'Forbidden') };
  const told = slackTold(request.body);
  switch (told.kind) {
    case 'challenge':
      return { outcome: 'challenge answered', answer: textAnswer(200, told.challenge) };
    case 'nothing':
      return { outcome: 'ignored', reason: told.reason, answer: heard };
    case 'happening': {
      const deed = `heard/${told.identifier}`;
      if ((await ports.incidentLog.doneAmong([deed])).has(deed))
        return { outcome: 'heard already', answer: heard };
      const { label, payload } = told.happening;
      await ports.bus.put({ label, payload: { ...payload, Identifier: told.identifier } });
      await ports.incidentLog.done(deed);
      return { outcome: 'heard', label, answer: heard };
    }
  }
}

const textAnswer = (status: number, body: string): WebAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body,
});

const heard = textAnswer(200, '');
