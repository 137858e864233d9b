import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { exceptionFrom, kindOf } from '#domain/incidents/exception.ts';
import { asciiSubject, mailFrom } from '#domain/incidents/mail.ts';
import { piecesOf, shortened } from '#domain/incidents/plain-text.ts';
import { tagValue } from '#domain/incidents/tag-values.ts';
import { alertReceived } from '#events/alert-received.ts';
import { chatAsked } from '#events/chat-asked.ts';
import { exceptionRaised } from '#events/exception-raised.ts';
import { webRequestFrom } from '#events/web-request.ts';

const wiring = { environment: 'SpaTest', tagPrefix: 'account-', maintenanceWindow: undefined };
const anyText = fc.string({ unit: 'binary', maxLength: 500 });
const anything = fc.anything({ withNullPrototype: true });

describe('when a payload becomes an exception', () => {
  it('always has a title on one line, a message, an impact and an identity', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        (title, message, impact, account) => {
          const exception = exceptionFrom('GenericException', { title, message, impact, account }, 'e1');

          expect(exception.title).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
          expect(exception.title.trim()).toBe(exception.title);
          expect(exception.message).not.toBe('');
          expect(exception.message.isWellFormed()).toBe(true);
          expect([1, 2, 3, 4, 5]).toContain(exception.impact);
          expect(exception.identity).toBe('e1');
        },
      ),
    );
  });

  it('tells facts that are no text, rather than lose them', () => {
    const { title, message } = exceptionFrom('GenericException', { title: 404, message: { a: [1] } }, 'e1');

    expect([title, message]).toEqual(['404', '{"a":[1]}']);
  });

  it('is of another kind for another label, account or title, and no other text can feign that', () => {
    const kind = (label: string, account: string | undefined, title: string) =>
      kindOf(exceptionFrom(label, { account, title }, 'e1'));
    const all = [
      kind('A', '200000000000', 'x'),
      kind('B', '200000000000', 'x'),
      kind('A', '200000000001', 'x'),
      kind('A', '200000000000', 'y'),
      kind('A', undefined, '200000000000x'),
    ];

    expect(new Set(all).size).toBe(all.length);
    expect(kind('A', '200000000000', 'x')).toBe(all[0]);
  });
});

describe('when an exception becomes a mail', () => {
  it('has a subject that SNS takes, whatever the title', () => {
    fc.assert(
      fc.property(anyText, (title) => {
        const subject = asciiSubject(title);

        expect(subject).toMatch(/^[\x21-\x7E][\x20-\x7E]{0,98}$/);
      }),
    );
  });

  it('keeps letters readable', () => {
    expect(asciiSubject('Échec à Zürich: ﬁn')).toBe('Echec a Zurich: fin');
    expect(asciiSubject('x'.repeat(99))).toHaveLength(99);
    expect(asciiSubject('x'.repeat(100))).toBe(`${'x'.repeat(96)}...`);
  });

  it('has a text that SNS takes, and that begins with the title', () => {
    const payload = { title: 'é'.repeat(300), message: '💥'.repeat(100_000) };

    const { text } = mailFrom(exceptionFrom('GenericException', payload, 'e1'));

    expect(text.startsWith(`${payload.title}\n\n💥`)).toBe(true);
    expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
    expect(text.isWellFormed()).toBe(true);
  });
});

describe('when text is cut', () => {
  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, most) => {
        expect(shortened(text, most).length).toBeLessThanOrEqual(most);
        expect(shortened(text, most).isWellFormed()).toBe(true);
        const pieces = [...piecesOf(text, most)];
        expect(pieces.join('')).toBe(text);
        expect(pieces.every((piece) => piece.isWellFormed() && piece.length <= most)).toBe(true);
      }),
    );
  });

  it('fits the rules of tags', () => {
    const rules = { forbidden: /[^a-z]/gu, mostCharacters: 10 };
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tagValue(text, rules)).toMatch(/^[a-z-]{0,10}$/);
      }),
    );
    expect(tagValue('aaaaaaaaa💥', { forbidden: /[^a-z💥]/gu, mostCharacters: 10 })).toBe('a'.repeat(9));
  });
});

describe('when triggers are handed anything at all', () => {
  it('reads it or ignores it, and never fails', () => {
    const events = [exceptionRaised, chatAsked('MessageToSlack', 'UpdateToSlack', 'UploadToSlack')];
    fc.assert(
      fc.property(
        anything,
        anything,
        fc.constantFrom('SpaTest', 'Other', null),
        (value, payload, Environment) => {
          for (const trigger of events) {
            if (trigger.kind !== 'events') continue;
            for (const label of [
              'GenericException',
              'MessageToSlack',
              'UpdateToSlack',
              'UploadToSlack',
              value,
            ]) {
              const event = { 'detail-type': label, detail: { Environment, Payload: payload } };
              expect(trigger.read(event, wiring)).toBeTypeOf('object');
            }
          }
          if (alertReceived.kind === 'messages') expect(alertReceived.read(value)).toBeTypeOf('object');
          expect(webRequestFrom(value).body).toBeTypeOf('string');
        },
      ),
    );
  });
});
