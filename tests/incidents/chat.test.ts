import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { isFromSlack, slackSignature } from '#domain/chat/slack-signature.ts';
import { slackText } from '#domain/chat/slack-text.ts';
import { mostCardBytes, teamsCard } from '#domain/chat/teams-card.ts';
import { slackTold } from '#events/slack-told.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 200 });

describe('when a message becomes a card for Teams', () => {
  it('is never larger than Teams takes', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 1, max: 400 }), (subject, message, times) => {
        const card = teamsCard({ subject: subject.repeat(times), message: message.repeat(times) });

        expect(Buffer.byteLength(card)).toBeLessThanOrEqual(mostCardBytes);
        expect(JSON.parse(card)).toHaveProperty('type', 'message');
      }),
      { numRuns: 50 },
    );
  });

  it('takes no longer over hostile texts', () => {
    for (const text of ['\n', ' ', '-', '#', '- a\n', '[', '**', '\n \n'])
      expect(teamsCard({ subject: 's', message: text.repeat(60_000) })).toContain('AdaptiveCard');
  });
});

describe('when a message becomes one for Slack', () => {
  it('calls nobody, and stays within what Slack takes', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 1, max: 400 }), (subject, message, times) => {
        const { text, blocks } = slackText({
          subject: `${subject}<!here>`,
          message: `<@U1>${message}`.repeat(times),
        });

        expect(text).not.toContain('<!');
        expect(blocks.length).toBeLessThanOrEqual(12);
        for (const block of blocks as readonly { type: string; text: { text: string } }[]) {
          expect(block.text.text.length).toBeLessThanOrEqual(block.type === 'header' ? 150 : 3000);
          if (block.type === 'section') expect(block.text.text).not.toMatch(/<[@!#]/);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('turns markdown into the markup of Slack', () => {
    const { blocks } = slackText({
      subject: 's',
      message:
        '# Title\n**bold** and [a link](https://x.example.com)\n---\n- one\n* two\n[bad](javascript:x)',
    });

    expect(blocks[1]).toMatchObject({
      text: {
        text: '*Title*\n*bold* and <https://x.example.com|a link>\n———\n• one\n• two\n[bad](javascript:x)',
      },
    });
  });
});

describe('when a request claims to come from Slack', () => {
  const now = 1_700_000_000;
  const sign = (body: string, timestamp: string, secret = 's') => ({
    body,
    timestamp,
    signature: slackSignature(body, timestamp, secret),
  });

  it('is signed as in the example of Slack', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

    expect(slackSignature(body, '1531420618', '8f742231b10e8888abcd99yyyzzz85a5')).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  it('is believed for five minutes, and only with the secret', () => {
    expect(isFromSlack(sign('b', String(now)), 's', now)).toBe(true);
    expect(isFromSlack(sign('b', String(now - 300)), 's', now)).toBe(true);
    expect(isFromSlack(sign('b', String(now - 301)), 's', now)).toBe(false);
    expect(isFromSlack(sign('b', String(now + 301)), 's', now)).toBe(false);
    expect(isFromSlack(sign('b', String(now), 'other'), 's', now)).toBe(false);
    expect(isFromSlack({ ...sign('b', String(now)), body: 'c' }, 's', now)).toBe(false);
    expect(isFromSlack({ ...sign('b', ` ${now}`) }, 's', now)).toBe(false);
    expect(isFromSlack({ body: 'b', timestamp: undefined, signature: undefined }, 's', now)).toBe(false);
  });

  it('says something or nothing, whatever it holds', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(slackTold(body).kind).toBeTypeOf('string');
        expect(slackTold(`{"type":"event_callback","event_id":"E","event":${body}}`).kind).toBeTypeOf(
          'string',
        );
      }),
    );
    expect(slackTold('{"type":"event_callback","event_id":"E","event":{"type":"__proto__"}}').kind).toBe(
      'nothing',
    );
  });
});
