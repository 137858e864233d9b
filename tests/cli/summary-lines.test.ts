import { describe, expect, it } from 'vitest';
import { summaryLines } from '#cli/local/summary-lines.ts';
import type { Summary } from '#local/summary.ts';

const summaryOf = (purge: Summary['purge']): Summary => ({
  accounts: {},
  stuck: [],
  events: {},
  exceptions: {},
  calls: {},
  throttled: {},
  purge,
  simulatedSeconds: 1,
  wallSeconds: 1,
});

const ids = (count: number) => Array.from({ length: count }, (_, index) => `i-${index}`);
const linesFor = (planned: number, deleted: number) =>
  summaryLines(summaryOf({ planned: ids(planned), deleted: ids(deleted), kept: 3 })).split('\n');

describe('when a window is over', () => {
  it('tells people each resource that goes, or would go', () => {
    const lines = linesFor(2, 1).map((line) => line.trim());

    expect(lines).toContain('Purge       1 deleted, 2 planned, 3 kept');
    expect(lines.slice(6, 9)).toEqual(['would delete i-0', 'would delete i-1', 'deleted i-0']);
  });

  it('tells them no more than they can take in, and how many more there are', () => {
    const lines = linesFor(4000, 20);

    expect(lines.filter((line) => /delete/.test(line))).toHaveLength(61);
    expect(lines.join('\n')).toContain('and 3960 more: --json lists them all');
  });
});
