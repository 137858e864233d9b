import type { Message } from '@aws-sdk/client-sesv2';
import { badRequest } from './ses-refusals.ts';

const boundary = 'alternatives';

/** The bytes of a simple message: SES composes them, and a reader prefers the last part that it understands. */
export function composed(
  headers: Readonly<Record<string, string>>,
  { Subject, Body, Headers = [] }: Partial<Message> = {},
): Uint8Array {
  const parts = [
    ...(Body?.Text ? [part('text/plain', Body.Text.Data)] : []),
    ...(Body?.Html ? [part('text/html', Body.Html.Data)] : []),
  ];
  if (parts.length === 0) throw badRequest('The message has no body');
  const lines = [
    ...Object.entries({ ...headers, Subject: encodedWord(Subject?.Data ?? '') }),
    ...Headers.map(({ Name = '', Value = '' }) => [Name, Value] as const),
    ['MIME-Version', '1.0'] as const,
    ['Content-Type', `multipart/alternative; boundary="${boundary}"`] as const,
  ];
  const head = lines.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([...head, '', ...parts, `--${boundary}--`, ''].join('\r\n'));
}

const part = (contentType: string, text = '') =>
  [
    `--${boundary}`,
    `Content-Type: ${contentType}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
  ].join('\r\n');

const encodedWord = (text: string) =>
  /^[\x20-\x7E]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
