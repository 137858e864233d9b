import { shortened } from '#domain/incidents/plain-text.ts';
import type { ChatMessage } from './chat-message.ts';

const mostOfSubject = 150;
const mostOfSection = 3000;
const mostSections = 10;

/** A message as Slack wants it: blocks for those who read it there, and a text for notifications. */
export interface SlackText {
  readonly text: string;
  readonly blocks: readonly object[];
}

export function slackText({ subject, message }: ChatMessage): SlackText {
  const header = { type: 'header', text: { type: 'plain_text', text: shortened(subject, mostOfSubject) } };
  const sections = sectionsOf(mrkdwn(message)).map((text) => ({
    type: 'section',
    text: { type: 'mrkdwn', text },
  }));
  return { text: escaped(subject), blocks: [header, ...sections] };
}

/** Slack's own markup, from markdown. Nothing in the text can call people or a channel. */
function mrkdwn(markdown: string): string {
  return escaped(markdown)
    .replaceAll(/\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s()|]{1,2000})\)/g, '<$2|$1>')
    .replaceAll(/^#{1,6} (.+)$/gm, '*$1*')
    .replaceAll(/\*\*([^*\n]+)\*\*/g, '*$1*')
    .replaceAll(/^[ \t]*-{3,}[ \t]*$/gm, '———')
    .replaceAll(/^[-*] /gm, '• ');
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Parts of what Slack takes in one section, cut at the ends of lines where there are some. */
function sectionsOf(text: string): readonly string[] {
  const sections: string[] = [];
  let rest = text.trim();
  while (rest !== '' && sections.length < mostSections) {
    const end = rest.lastIndexOf('\n', mostOfSection);
    const cut = rest.length <= mostOfSection ? rest.length : end > 0 ? end : mostOfSection;
    sections.push(rest.slice(0, cut));
    rest = rest.slice(cut).trim();
  }
  if (rest !== '') sections.push('…');
  return sections;
}
