import { describe, expect, it } from 'vitest';
import { scheduleFault } from '#domain/settings/schedule-expression.ts';

describe('a schedule that EventBridge takes', () => {
  it.each([
    'cron(0 18 ? * SAT *)',
    'cron(0 18 ? * sat *)',
    'cron(0/15 8-17 ? JAN-MAR,DEC MON-FRI 2026-2030)',
    'cron(*/5 0 1,15 * ? *)',
    'cron(0 0 L * ? *)',
    'cron(0 0 15W * ? *)',
    'cron(0 0 ? * 6L *)',
    'cron(0 0 ? * L *)',
    'cron(0 0 ? * FRI#2 *)',
    'cron(59 23 31 12 ? 2199)',
    'cron(0  18  ?  *  7  *)',
    'rate(1 minute)',
    'rate(1 hour)',
    'rate(7 days)',
  ])('%s is fine', (expression) => {
    expect(scheduleFault(expression)).toBeUndefined();
  });
});

describe('a schedule that EventBridge refuses', () => {
  it.each([
    ['every Saturday', 'a schedule such as cron(0 18 ? * SAT *) or rate(7 days)'],
    ['cron(0 18 ? * SAT *', 'a schedule such as'],
    ['0 18 ? * SAT *', 'a schedule such as'],
    [
      'cron(0 18 * * SAT)',
      'cron(…) with six fields (minutes, hours, day of month, month, day of week, year)',
    ],
    ['cron()', 'cron(…) with six fields'],
    [
      'cron(0 18 * * SAT *)',
      'cron(…) with ? in one of the fields day of month and day of week, and only in one',
    ],
    [
      'cron(0 18 ? * ? *)',
      'cron(…) with ? in one of the fields day of month and day of week, and only in one',
    ],
    ['cron(60 18 ? * SAT *)', 'cron(…) with minutes in 0-59'],
    ['cron(0 24 ? * SAT *)', 'cron(…) with hours in 0-23'],
    ['cron(? 18 ? * SAT *)', 'cron(…) with minutes'],
    ['cron(0 18 32 * ? *)', 'cron(…) with day of month in 1-31'],
    ['cron(0 18 0W * ? *)', 'cron(…) with day of month'],
    ['cron(0 18 1W,2 * ? *)', 'cron(…) with day of month'],
    ['cron(0 18 ? 13 SAT *)', 'cron(…) with month in 1-12 or JAN-DEC'],
    ['cron(0 18 ? SAT SAT *)', 'cron(…) with month'],
    ['cron(0 18 ? * 0 *)', 'cron(…) with day of week in 1-7 or SUN-SAT'],
    ['cron(0 18 ? * SAT#6 *)', 'cron(…) with day of week'],
    ['cron(0 18 ? * FRI-MON *)', 'cron(…) with day of week in 1-7 or SUN-SAT, ranges upwards'],
    ['cron(0 18 ? * SAT 1969)', 'cron(…) with year in 1970-2199'],
    ['cron(0/0 18 ? * SAT *)', 'cron(…) with minutes'],
    ['cron(0 18 ? * SAT, *)', 'cron(…) with day of week'],
    ['rate(0 days)', 'rate(…) with a positive number of minutes, hours or days'],
    ['rate(1.5 days)', 'rate(…) with a positive number'],
    ['rate(7 weeks)', 'rate(…) with a positive number'],
    ['rate(1 days)', 'minute, hour or day without s after 1'],
    ['rate(7 day)', 'minutes, hours or days with s after 7'],
  ])('%s is answered with what would be right', (expression, expected) => {
    expect(scheduleFault(expression)?.slice(0, expected.length)).toBe(expected);
  });
});
