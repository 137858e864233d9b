import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growingFile } from '#adapters/reports-bucket/growing-file.ts';
import { accountId } from '#domain/account.ts';
import { identifierOf } from '#domain/activities/identifier.ts';
import { momentOf, stampAt } from '#domain/activities/stamp.ts';
import { afterEvent, type Happening } from '#domain/shadows/after-event.ts';
import { shadowFrom } from '#domain/shadows/shadow-from.ts';
import { afterLogin } from '#domain/shadows/shadow.ts';
import { shortened } from '#domain/shadows/shortened-log.ts';
import { standingOf } from '#domain/transactions/transaction.ts';
import { toldTime } from '#domain/transactions/told-time.ts';
import { accountLabels } from '#events/system-event.ts';

const account = accountId('200000000000');
const now = new Date('2026-11-16T09:00:00Z');

/** Events of different seconds, since those of one second have no order. */
const happenings = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...accountLabels), fc.integer({ min: 0, max: 100_000 })), {
    selector: ([, second]) => second,
    maxLength: 20,
  })
  .map((events) =>
    events.map(([label, second]): Happening => ({
      label,
      at: new Date(second * 1000),
      message: `log ${second}`,
    })),
  );

const told = (events: readonly Happening[]) =>
  events.reduce((shadow, event) => afterEvent(shadow, event, 'account-'), shadowFrom(account, {}));

describe('whatever the order in which events come', () => {
  it('ends in the same shadow', () => {
    fc.assert(
      fc.property(happenings, fc.array(fc.nat(), { maxLength: 40 }), (events, picks) => {
        const shuffled = [
          ...picks.flatMap((pick) => events.at(pick % (events.length || 1)) ?? []),
          ...events,
        ];
        expect(told(shuffled)).toEqual(told(events.toSorted((a, b) => a.at.getTime() - b.at.getTime())));
      }),
    );
  });

  it('shows the last login, and whose it was', () => {
    const logins = fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 1 });
    fc.assert(
      fc.property(logins, (seconds) => {
        const shadow = seconds.reduce(
          (shown, second) => afterLogin(shown, { at: new Date(second * 1000), identity: String(second) }),
          shadowFrom(account, {}),
        );
        expect(shadow.identity_of_last_console_login).toBe(String(Math.max(...seconds)));
      }),
    );
  });
});

describe('whatever a record holds', () => {
  it('is a shadow of its account, and nothing breaks', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (record) => {
        const shadow = shadowFrom(account, record);
        expect(shadow.id).toBe(account);
        expect(() =>
          afterEvent(shadow, { label: 'ReleasedAccount', at: now, message: undefined }, 'x-'),
        ).not.toThrow();
      }),
    );
  });
});

describe('however long a log is', () => {
  it('fits into a record, with its beginning and its end, and well-formed', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 4000 }), (line, times) => {
        const log = line.repeat(times);
        const kept = shortened(log);
        expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThanOrEqual(140_200);
        expect(kept.isWellFormed() || kept === log).toBe(true);
        if (kept !== log) expect(kept).toContain('characters left out');
      }),
      { numRuns: 50 },
    );
  });

  it('stays as it is when it fits', () => {
    const log = 'a'.repeat(139_000);

    expect(shortened(log)).toBe(log);
    expect(shortened(`${log}${log}`)).not.toBe(`${log}${log}`);
  });
});

describe('whenever an activity ends', () => {
  it('has a stamp of six digits, in which order of text is order of time', () => {
    const micros = fc.integer({ min: 0, max: 4_102_444_800_000_000 });
    fc.assert(
      fc.property(micros, micros, (a, b) => {
        const [one, other] = [stampAt(a), stampAt(b)];
        expect(one.stamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
        expect(`${one.day}T${one.time}`).toBe(one.stamp);
        expect(Math.sign(a - b)).toBe(one.stamp === other.stamp ? 0 : one.stamp < other.stamp ? -1 : 1);
      }),
    );
  });

  it('keeps the microsecond that is told, and spreads those that end at a whole second', () => {
    const end = now.getTime() / 1000;
    const stampOf = (at: number, identifier: string) => stampAt(momentOf({ end: at, identifier }, now)).stamp;

    expect(stampOf(end - 0.876543, 'a')).toBe('2026-11-16T08:59:59.123457');
    expect(stampOf(end - 1, 'a')).toMatch(/^2026-11-16T08:59:59\.\d{6}$/);
    expect(stampOf(end - 1, 'a')).toBe(stampOf(end - 1, 'a'));
    expect(stampOf(end - 1, 'a')).not.toBe(stampOf(end - 1, 'b'));
  });
});

describe('whatever time an event tells', () => {
  it.each([
    ['of now', '2026-11-16T09:00:00Z', true],
    ['of the last 24 hours', '2026-11-15T09:00:00Z', true],
    ['before', '2026-11-15T08:59:59Z', false],
    ['in the future', '2026-11-16T09:00:01Z', false],
    ['no time at all', 'none', false],
  ])('counts %s', (_, time, counts) => {
    const at = new Date(time);

    expect(toldTime(at, now)).toBe(counts ? at : now);
  });
});

describe('while a transaction is open', () => {
  const open = { account, transaction: 'maintenance', identifier: 'a', begin: 10_000 };
  const deadline = 10_800;

  it.each([
    [10_000, 'under way'],
    [10_000 + deadline - 601, 'under way'],
    [10_000 + deadline - 600, 'to be taken up'],
    [10_000 + deadline + 86_400, 'to be taken up'],
  ])('stands at %i as %s, before it has been taken up', (at, standing) => {
    expect(standingOf(open, at, deadline)).toBe(standing);
  });

  it.each([
    [10_000 + deadline - 1, 'under way'],
    [10_000 + deadline, 'overdue'],
  ])('stands at %i as %s, once it has been', (at, standing) => {
    expect(standingOf({ ...open, takenUp: 10_000 + deadline - 500 }, at, deadline)).toBe(standing);
  });
});

describe('an identifier', () => {
  it('is a UUID, the same for the same parts, and another one for others', () => {
    const part = fc.oneof(fc.string(), fc.integer());
    fc.assert(
      fc.property(fc.array(part), fc.array(part), (a, b) => {
        expect(identifierOf(...a)).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
        expect(identifierOf(...a) === identifierOf(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});

describe('a file that grows', () => {
  it('holds what was written, whatever its length', () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('é'.repeat(40_000))), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(texts, (parts) => {
        const file = growingFile();
        for (const part of parts) file.write(part);
        expect(file.end().toString()).toBe(parts.join(''));
      }),
    );
  });
});
