import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activitiesKey,
  costAndUsageKey,
  costCenterKey,
  costSummaryKey,
  inventoryKey,
  nameInKey,
} from '#domain/reports/report-keys.ts';

describe('when reports are stored', () => {
  it('gives them the keys that people already know', () => {
    expect(inventoryKey('SpaReports/Inventories', '2026-10-31')).toBe(
      'SpaReports/Inventories/2026/10/2026-10-31-inventory.csv',
    );
    expect(activitiesKey('SpaReports/Activities', 'DevOps Tools', '2026-10')).toBe(
      'SpaReports/Activities/DevOps Tools/2026/2026-10-DevOps Tools-activities.csv',
    );
    expect(costCenterKey('SpaReports/Costs', 'Alpha', '2026-10', 'usages.csv')).toBe(
      'SpaReports/Costs/Alpha/2026/2026-10-Alpha-usages.csv',
    );
    expect(costSummaryKey('SpaReports/Costs', '2026-10', 'charges-EUR.xlsx')).toBe(
      'SpaReports/Costs/Summary/2026/2026-10-Summary-charges-EUR.xlsx',
    );
    expect(costAndUsageKey('SpaReports/Exceptions', '200000000000', '2026-10')).toBe(
      'SpaReports/Exceptions/200000000000/2026/2026-10-200000000000-cost-and-usage.xlsx',
    );
  });
});

describe('when the name of a cost center becomes part of a key', () => {
  it.each([
    ['A/B\\C', 'A-B-C'],
    ['tab\there\u0000\u007F\u0085', 'tab-here---'],
    ['', 'NoCostTag'],
    ['.', 'NoCostTag'],
    ['...', 'NoCostTag'],
    ['../..', '..-..'],
    ['.a', '.a'],
    ['Équipe "日本" O\'Neil', 'Équipe "日本" O\'Neil'],
    ['lone \uD800 surrogate', 'lone \uFFFD surrogate'],
  ])('writes %j as %j', (costCenter, name) => {
    expect(nameInKey(costCenter)).toBe(name);
  });

  it('stays within what S3 takes as a key, and apart from other long names', () => {
    const long = '日'.repeat(256);
    expect(
      Buffer.byteLength(costCenterKey('SpaReports/Costs', long, '2026-10', 'services.xlsx')),
    ).toBeLessThan(1024);
    expect(nameInKey(long)).toMatch(/^日+-[\da-f]{8}$/);
    expect(nameInKey(long)).not.toBe(nameInKey(`${long.slice(1)}本`));
    expect(nameInKey('x'.repeat(256))).toBe('x'.repeat(256));
  });

  it('is the same when it was part of a key before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (costCenter) => {
        expect(nameInKey(nameInKey(costCenter))).toBe(nameInKey(costCenter));
        expect(nameInKey(costCenter)).not.toMatch(/[/\\\p{Cc}]/u);
      }),
    );
  });

  it('does not take the place of the summaries of all cost centers', () => {
    expect(costCenterKey('Costs', 'Summary', '2026-10', 'services.csv')).not.toBe(
      costSummaryKey('Costs', '2026-10', 'services.csv'),
    );
    expect(activitiesKey('Activities', 'Summary', '2026-10')).toBe(
      'Activities/Summary/2026/2026-10-Summary-activities.csv',
    );
  });
});
