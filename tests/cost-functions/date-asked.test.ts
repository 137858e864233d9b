import { describe, expect, it } from 'vitest';
import { dayAfter, dayOf, lastDayOf, monthAfter, monthBefore, monthOf } from '#domain/calendar.ts';
import { dayAsked, monthAsked } from '#events/date-asked.ts';
import type { Trigger } from '#events/trigger.ts';

const expression = 'cron(42 2 6 * ? *)';

function read<Happened>(trigger: Trigger<Happened>, payload: unknown) {
  if (trigger.kind !== 'schedule') throw new Error('people cannot invoke it');
  return trigger.read(payload);
}

const scheduled = {
  version: '0',
  id: 'one',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  time: '2026-11-06T02:42:00Z',
  detail: {},
};

describe('when a report is due', () => {
  it.each([scheduled, {}, undefined, null, 'now', [], { date: null }])(
    'on schedule or without a date, here %j, it knows its date by itself',
    (payload) => {
      expect(read(monthAsked(expression), payload)).toEqual({
        happened: { month: undefined, occasion: payload === scheduled ? 'one' : undefined },
      });
      expect(read(dayAsked(expression), payload)).toEqual({ happened: { day: undefined } });
    },
  );

  it.each(['2026-10', '2026-10-01', '2026-10-31'])('by hand for %s, it is for that month', (date) => {
    expect(read(monthAsked(expression), { date })).toEqual({
      happened: { month: '2026-10', occasion: undefined },
    });
  });

  it('by hand for a day, figures of days are for that day', () => {
    expect(read(dayAsked(expression), { date: '2028-02-29' })).toEqual({ happened: { day: '2028-02-29' } });
  });

  it.each(['', '2026', '2026-13', '2026-00', '2026-02-29', '2026-1-1', 'October', 202610, [], {}, true])(
    'for %j, which is no date, it is refused with what would be one',
    (date) => {
      const expected = { ignored: expect.stringMatching(/^date .* is none: write \{"date": "YYYY-MM/) };
      expect(read(monthAsked(expression), { date })).toEqual(expected);
      expect(read(dayAsked(expression), { date })).toEqual(expected);
    },
  );

  it('for a month, figures of days are refused', () => {
    expect(read(dayAsked(expression), { date: '2026-10' })).toEqual({
      ignored: 'date "2026-10" is none: write {"date": "YYYY-MM-DD"}',
    });
  });
});

describe('the calendar', () => {
  it('goes from month to month across years', () => {
    expect(monthBefore('2026-01')).toBe('2025-12');
    expect(monthAfter('2026-12')).toBe('2027-01');
    expect(monthAfter('2026-03', -14)).toBe('2025-01');
  });

  it('goes from day to day across months and leap years', () => {
    expect(dayAfter('2026-12-31')).toBe('2027-01-01');
    expect(dayAfter('2028-03-01', -2)).toBe('2028-02-28');
    expect(lastDayOf('2028-02')).toBe('2028-02-29');
    expect(lastDayOf('2026-11')).toBe('2026-11-30');
  });

  it('lives in UTC', () => {
    const newYear = new Date('2027-01-01T00:30:00+02:00');

    expect(dayOf(newYear)).toBe('2026-12-31');
    expect(monthOf(newYear)).toBe('2026-12');
  });
});
