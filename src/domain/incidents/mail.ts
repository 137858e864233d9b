import { onOneLine } from './plain-text.ts';
import type { Exception } from './exception.ts';

/** SNS wants less than 100 characters of ASCII on one line, and publishes nothing otherwise. */
const mostOfSubject = 99;
/** What subscribers of the topic are sent: as much of the title as a subject may hold, and all of it in the text. */
export function mailFrom({ title, message }: Pick<Exception, 'title' | 'message'>) {
  return { subject: asciiSubject(title), text: `${title}\n\n${message}` };
}

export function asciiSubject(title: string): string {
  const ascii = onOneLine(title)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7E]/gu, '?');
  const subject = ascii.length <= mostOfSubject ? ascii : `${ascii.slice(0, mostOfSubject - 3)}...`;
  return subject || 'SPA';
}
