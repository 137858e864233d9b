import type { Inbox, Posted } from './inbox.ts';

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
  article { border: 1px solid #ccc; border-radius: 6px; padding: .2rem 1rem; margin: 1rem 0; }
  header { color: #666; font-size: 85%; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }`;

/** All that has arrived, the newest first, for people to look at. */
export function inboxPage(inbox: Inbox): string {
  const posts = inbox.posted.map((posted) => ({
    at: posted.at,
    from: `${posted.channel === 'teams' ? 'Microsoft Teams' : 'Slack'} · ${posted.by} · ${posted.host}`,
    text: textsIn(posted),
  }));
  const mails = inbox.mails().map(({ to, subject, body, sentAt }) => ({
    at: sentAt,
    from: `E-mail to ${to}`,
    text: `${subject}\n\n${body}`,
  }));
  const all = [...posts, ...mails].sort((a, b) => b.at.getTime() - a.at.getTime());
  const articles = all.map(
    ({ at, from, text }) =>
      `<article><header>${escaped(at.toISOString())} · ${escaped(from)}</header><pre>${escaped(text)}</pre></article>`,
  );
  const nothing = '<p>Nothing has arrived yet.</p>';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Inbox</title><style>${style}</style><h1>Inbox</h1>${articles.join('') || nothing}</html>`;
}

/** Texts of a card or of blocks, in the order in which people would read them. */
function textsIn({ content }: Posted): string {
  const texts: string[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, item] of Object.entries(value)) {
      if (typeof item !== 'string') visit(item);
      else if (['text', 'title', 'filename', 'initial_comment'].includes(name)) texts.push(item);
    }
  };
  if (typeof content === 'string') return content;
  visit(content);
  return texts.join('\n\n');
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
