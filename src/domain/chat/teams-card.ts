import { shortened } from '#domain/incidents/plain-text.ts';
import type { ChatMessage } from './chat-message.ts';

/** Teams takes messages of 28 KB; what the platform adds on its way has to fit too. */
export const mostCardBytes = 26_000;

/** A message for the webhook of a Teams workflow: an adaptive card, as small as Teams wants it. */
export function teamsCard({ subject, message }: ChatMessage): string {
  for (let length = message.length; ; length = Math.floor(length * 0.8)) {
    const card = JSON.stringify(cardOf(shortened(subject, 500), shortened(message, length)));
    if (Buffer.byteLength(card) <= mostCardBytes || length < 2) return card;
  }
}

const cardOf = (subject: string, message: string) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        msteams: { width: 'Full' },
        body: [
          { type: 'TextBlock', text: withoutLinks(subject), weight: 'Bolder', size: 'Large', wrap: true },
          ...message
            .split(/^[ \t]*-{3,}[ \t]*$/m)
            .map((part, index) => ({
              type: 'TextBlock',
              text: paragraphs(part),
              wrap: true,
              ...(index > 0 ? { separator: true } : {}),
            }))
            .filter(({ text }) => text !== ''),
        ],
      },
    },
  ],
});

/** A subject holds names that people choose: none of them becomes a link. */
const withoutLinks = (text: string) => text.replaceAll(/[[\]]/g, String.raw`\$&`);

/** Cards know neither headings nor single line breaks; lines of a list stay together. */
function paragraphs(markdown: string): string {
  return markdown
    .trim()
    .replaceAll(/^#{1,6} (.+)$/gm, '**$1**')
    .replaceAll(/\n+/g, '\n\n')
    .replaceAll(/^([-*] .*)\n\n(?=[-*] )/gm, '$1\n');
}
