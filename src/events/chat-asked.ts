import type { ChatMessage } from '#domain/chat/chat-message.ts';
import { onOneLine, withoutControls } from '#domain/incidents/plain-text.ts';
import { payloadOf } from './payload.ts';
import { textMember } from './shape.ts';
import { source, type ChatLabel } from './system-event.ts';
import type { BusEvent, Reading, Trigger, Wiring } from './trigger.ts';

/** Something to be said, changed or shown in a channel. */
export interface ChatAsked extends ChatMessage {
  readonly label: ChatLabel;
  /** Of the event: what has been said for it is not said again. */
  readonly identity: string | undefined;
  /** Where else than in the usual channel. */
  readonly channel: string | undefined;
  /** Names the message that is changed. */
  readonly timestamp: string | undefined;
  /** A file of text that is shown. */
  readonly file: { readonly name: string; readonly content: string } | undefined;
}

/** Events with one of the labels. Two speak at a time at most: channels refuse those who shout. */
export const chatAsked = (...labels: readonly ChatLabel[]): Trigger<ChatAsked> => ({
  kind: 'events',
  queued: { concurrency: 2 },
  pattern: ({ environment }) => ({
    source: [source],
    'detail-type': labels,
    detail: { Environment: [environment] },
  }),
  read: (event, wiring) => read(event, wiring, labels),
});

function read(event: BusEvent, wiring: Wiring, labels: readonly ChatLabel[]): Reading<ChatAsked> {
  const label = labels.find((known) => known === event['detail-type']);
  if (!label) return { ignored: 'not for this channel' };
  const found = payloadOf(event, wiring);
  if ('ignored' in found) return found;
  const text = (name: string) => withoutControls(textMember(found.payload, name) ?? '');
  const file = { name: onOneLine(text('Name')), content: textMember(found.payload, 'Content') ?? '' };
  const asked: ChatAsked = {
    label,
    identity: textMember(event, 'id'),
    subject: onOneLine(text('Subject')),
    message: text('Message'),
    channel: text('Channel') || undefined,
    timestamp: text('Timestamp') || undefined,
    file: file.name === '' || file.content === '' ? undefined : file,
  };
  return faultOf(asked) ?? { happened: asked };
}

function faultOf({ label, subject, message, timestamp, file }: ChatAsked): { ignored: string } | undefined {
  if (label === 'UploadToSlack') return file ? undefined : { ignored: 'no Name and Content of a file' };
  if (subject === '' && message === '') return { ignored: 'neither Subject nor Message' };
  if (label === 'UpdateToSlack' && timestamp === undefined) return { ignored: 'no Timestamp of a message' };
  return undefined;
}
