import type { Door } from '../../door.ts';
import type { HttpResponse } from '../../service.ts';
import type { Outbox, SentMail } from './outbox.ts';
import { readMime, type ReadMail } from './read-mime.ts';

/** Where the outbox is found, behind the endpoint. */
export const outboxPath = '/outbox';

/** Pages on which a person reads what was sent: a list, each mail, its attachments, and the mail as a file. */
export function outboxDoor(outbox: Outbox): Door {
  return ({ path, method }) => {
    if (path !== outboxPath && !path.startsWith(`${outboxPath}/`)) return undefined;
    if (method !== 'GET' && method !== 'HEAD') return page(405, 'Method Not Allowed', '');
    const [name, attachment] = path.slice(outboxPath.length + 1).split('/');
    if (!name) return page(200, 'Outbox', listOf(outbox));
    const mail = outbox.find(({ id }) => id === name.replace(/\.eml$/, ''));
    if (!mail) return page(404, 'Not Found', '');
    if (name.endsWith('.eml')) return file('message/rfc822', mail.raw);
    const read = readMime(mail.raw);
    if (attachment === undefined) return page(200, read.headers['subject'] ?? '', pageOf(mail, read));
    const found = read.attachments[Number(attachment)];
    return found ? file(found.contentType, found.body, found.name) : page(404, 'Not Found', '');
  };
}

function listOf(outbox: Outbox): string {
  const rows = outbox.toReversed().map((mail) => {
    const subject = readMime(mail.raw).headers['subject'] ?? '(no subject)';
    const link = `<a href="${outboxPath}/${mail.id}">${escaped(subject)}</a>`;
    return row(escaped(stamp(mail)), escaped(mail.from), escaped(mail.recipients.join(', ')), link);
  });
  if (rows.length === 0) return '<p>Nothing has been sent yet.</p>';
  return `<table>${row('Sent (UTC)', 'From', 'To', 'Subject')}${rows.join('')}</table>`;
}

function pageOf(mail: SentMail, { text = '', html, attachments }: ReadMail): string {
  const files = attachments.map(
    ({ name, body }, index) =>
      `<li><a href="${outboxPath}/${mail.id}/${index}">${escaped(name || 'unnamed')}</a> (${body.length} bytes)</li>`,
  );
  const content = html === undefined ? `<pre>${escaped(text)}</pre>` : framed(html);
  return (
    `<p>${escaped(mail.from)} to ${escaped(mail.recipients.join(', '))}, ${escaped(stamp(mail))} UTC, ` +
    `<a href="${outboxPath}/${mail.id}.eml">as a file</a></p>${content}<ul>${files.join('')}</ul>`
  );
}

/** Mails may hold anything: they are shown without scripts, and without reach to this page. */
const framed = (html: string) =>
  `<iframe sandbox srcdoc="${escaped(html)}" style="width: 100%; height: 60vh; border: 1px solid #ccc"></iframe>`;

const stamp = ({ sentAt }: SentMail) => new Date(sentAt).toISOString().slice(0, 19).replace('T', ' ');

const row = (...cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const page = (status: number, title: string, content: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body:
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escaped(title)}</title>` +
    '<style>body { font-family: sans-serif; margin: 2em } td { padding: 0.2em 1em 0.2em 0 }</style></head>' +
    `<body><h1>${escaped(title)}</h1>${content}</body></html>`,
});

const file = (contentType: string, body: Uint8Array, name?: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': contentType,
    ...(name === undefined
      ? {}
      : { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }),
  },
  body,
});
