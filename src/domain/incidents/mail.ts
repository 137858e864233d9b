import { onOneLine, shortened } from './plain-text.ts';
import type { Exception } from './exception.ts';

/** SNS wants less than 100 characters of ASCII on one line, and publishes nothing otherwise. */
const mostOfSubject = 99;
/** SNS takes 256 KB, the envelope included. */
const mostOfText = 250_000;

/** What subscribers of the topic are sent: as much of the title as a subject may hold, and all of it in the text. */
export function mailFrom({ title, message }: Pick<Exception, 'title' | 'message'>) {
  return { subject: asciiSubject(title), text: cutToBytes(`${title}\n\n${message}`, mostOfText) };
}

export function asciiSubject(title: string): string {
  const ascii = onOneLine(title)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7E]/gu, '?');
  const subject = ascii.length <= mostOfSubject ? ascii : `${ascii.slice(0, mostOfSubject - 3)}...`;
  return subject || 'SPA';
}

function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  // No character takes more than four bytes, three for each half of a pair.
  return shortened(text, Math.floor(most / 3));
}
