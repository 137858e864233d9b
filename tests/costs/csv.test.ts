import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv, type CsvCell } from '#adapters/csv/csv.ts';
import { money } from '#domain/costs/money.ts';
import { readCsv } from './read-csv.ts';

const written = (...cells: readonly CsvCell[]) => csv(['Heading'], [cells]).toString();

describe('when a report is written as CSV', () => {
  it('ends each line by CR LF, in UTF-8 without a mark at its beginning', () => {
    const bytes = csv(['A', 'B'], [['é', '😀']]);
    expect(bytes).toEqual(Buffer.from('A,B\r\né,😀\r\n'));
  });

  it('quotes what needs it, and nothing else', () => {
    expect(written('a b', 'a,b', 'a"b', 'a\nb', "a'b")).toBe(`Heading\r\na b,"a,b","a""b","a\nb",a'b\r\n`);
  });

  it('leaves a cell empty where there is nothing, which is not zero', () => {
    expect(written(undefined, '', money('0'))).toBe('Heading\r\n,,0\r\n');
  });

  it.each(['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x","y")', '-\n'])(
    'keeps %j from being run as a formula',
    (text) => {
      expect(readCsv(csv(['Heading'], [[text]]))).toEqual([['Heading'], [`'${text}`]]);
    },
  );

  it('leaves numbers, a lone sign and signs inside of text as they are', () => {
    expect(written(money('-5.25'), -1.5, '-', '=', 'a=b', ' =1')).toBe(
      'Heading\r\n-5.25,-1.5,-,=,a=b, =1\r\n',
    );
  });

  it('can be read back, whatever the text, and however many lines', () => {
    const text = fc.string({ unit: 'grapheme' }).map((text) => `x${text}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 50 }), (lines) => {
        const many = Array.from({ length: 40 }, () => lines).flat();
        expect(readCsv(csv(['A', 'B'], many))).toEqual([['A', 'B'], ...many]);
      }),
      { numRuns: 50 },
    );
  });

  it('takes texts that are longer than its pieces', () => {
    const long = '日'.repeat(100_000);
    expect(readCsv(csv(['A'], [['before'], [long], ['after']]))).toEqual([
      ['A'],
      ['before'],
      [long],
      ['after'],
    ]);
  });
});
