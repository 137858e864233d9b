import { marked } from 'marked';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from '#ports/mailer.ts';

const style = 'font-family: sans-serif; font-size: 14px; line-height: 1.5; color: #222;';

/** The mail as it travels: HTML beside plain text, and attachments under their names. */
export function composeMail(mail: Mail, date: Date): Promise<Buffer> {
  const { sender, recipients, subject, markdown, attachments } = mail;
  return new MailComposer({
    from: sender,
    to: [...recipients],
    subject,
    date,
    text: markdown,
    html: htmlOf(subject, markdown),
    attachments: attachments.map(({ key, contentType, body }) => ({
      filename: key.split('/').at(-1),
      contentType,
      content: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    })),
    // All content is given: a path or an address within it would be somebody's trick.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

function htmlOf(subject: string, markdown: string): string {
  const content = marked.parse(markdown, { async: false });
  return (
    `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>\n` +
    `<body style="${style}">\n${content}</body></html>\n`
  );
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
