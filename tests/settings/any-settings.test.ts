import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { read } from './sources.ts';

const sample = readFileSync(new URL('../data/settings/settings.yaml', import.meta.url), 'utf8');
const files = {
  'fixtures/buildspec/prepare-account-from-git.yaml': 'version: 0.2',
  'fixtures/buildspec/purge_account_with_awsweeper_template.yaml': 'version: 0.2',
};

function expectAnAnswer(text: string, csv = '') {
  const reading = read(text, { files: { ...files, 'any.csv': csv } });
  if ('settings' in reading) {
    expect(JSON.parse(JSON.stringify(reading.settings.book))).toEqual(reading.settings.book);
    return;
  }
  expect(reading.faults.length).toBeGreaterThan(0);
  expect(new Set(reading.faults.map((fault) => JSON.stringify(fault))).size).toBe(reading.faults.length);
  for (const { found, expected, line } of reading.faults) {
    expect(found && expected).not.toBe('');
    expect(line).toBeGreaterThanOrEqual(0);
  }
}

describe('whatever stands in a settings file', () => {
  it('is read or told, if it is text', () => {
    const words = fc.constantFrom(
      'automation:',
      '\n',
      ' ',
      '-',
      '&a',
      '*a',
      '<<:',
      '{',
      '}',
      '[',
      ']',
      '"',
      '# ',
      'x',
    );
    const soup = fc
      .array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 3 })))
      .map((parts) => parts.join(''));

    fc.assert(fc.property(soup, (text) => expectAnAnswer(text)));
  });

  it('is read or told, if it is YAML', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expectAnAnswer(stringify(value))));
  });

  it('is read or told, if any value of a right file is another', () => {
    const places = placesOf(parse(sample));
    const others = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.integer(),
      fc.constantFrom(null, '', [], {}, 'enabled'),
    );

    fc.assert(
      fc.property(fc.constantFrom(...places), others, (place, other) => {
        const settings: unknown = parse(sample);
        replaceAt(settings, place, other);
        expectAnAnswer(stringify(settings));
      }),
      { numRuns: 200 },
    );
  });

  it('is read or told, if a CSV file holds anything', () => {
    const heading = fc.constantFrom('Account', 'Note', 'Tag: a', 'Purge: B', 'Prepare: C', '', 'Tag:', 'x');
    const cells = fc.constantFrom('100000000001', '1E11', '', ' ', '"', '"a"', 'R&D', 'x\ny', ';');
    const csv = fc
      .tuple(fc.array(heading), fc.array(fc.array(cells)))
      .map(([first, rest]) => [first.join(','), ...rest.map((row) => row.join(','))].join('\n'));

    fc.assert(
      fc.property(fc.oneof(csv, fc.string({ unit: 'binary' })), (content) =>
        expectAnAnswer(`${sample}\n`.replace('with_csv_files:', 'with_csv_files: [any.csv]'), content),
      ),
    );
  });
});

function placesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesOf(part, [...path, key]))].filter(
    ({ length }) => length > 0,
  );
}

function replaceAt(value: unknown, [key = '', ...rest]: readonly string[], other: unknown) {
  if (typeof value !== 'object' || value === null) return;
  if (rest.length === 0) Object.assign(value, { [key]: other });
  else replaceAt(Object.entries(value).find(([name]) => name === key)?.[1], rest, other);
}
