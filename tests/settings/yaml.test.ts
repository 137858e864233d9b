import { describe, expect, it } from 'vitest';
import { plainScalar } from '#domain/settings/yaml-scalar.ts';
import { faultsOf, required, settingsOf, tellings } from './sources.ts';

describe('a plain word of YAML', () => {
  it.each([
    ['', null],
    ['~', null],
    ['null', null],
    ['yes', true],
    ['On', true],
    ['off', false],
    ['y', 'y'],
    ['12', 12],
    ['-3', -3],
    ['15_811_200', 15_811_200],
    ['0123', 83],
    ['012345678901', '012345678901'],
    ['0x1F', 31],
    ['0b11', 3],
    ['3:00:00', 10_800],
    ['1.5e+3', 1500],
    ['1e3', '1e3'],
    ['500.0', 500],
    ['9M', '9M'],
    ['2026-10-31', '2026-10-31'],
  ])('%j means what it means in YAML 1.1, for which existing files were written', (word, value) => {
    expect(plainScalar(word)).toBe(value);
  });
});

describe('values that become text', () => {
  it('stay as they are written', () => {
    const variables = [
      '500.0',
      '0123',
      'yes',
      '1_000',
      '0x1F',
      "'yes'",
      '"500.0"',
      '2026-10-31',
      "''",
      '|\n      a\n',
    ];
    const lines = variables.map((value, index) => `    V${index}: ${value}\n`);

    const { book } = settingsOf(`${required}defaults:\n  purge:\n   variables:\n${lines.join('')}`);

    expect(Object.values(book.defaults.purge.variables)).toEqual([
      '500.0',
      '0123',
      'yes',
      '1_000',
      '0x1F',
      'yes',
      '500.0',
      '2026-10-31',
      '',
      'a\n',
    ]);
  });

  it('may have keys that look like numbers', () => {
    const { book } = settingsOf(`${required}defaults: {account_tags: {2026: x, yes: z}}\n`);

    expect(book.defaults.accountTags).toEqual({ 2026: 'x', yes: 'z' });
  });
});

describe('a settings file with anchors, aliases and merges', () => {
  it('reads as if everything were written out', () => {
    const { book } = settingsOf(`${required}defaults:
  preparation: &work
    feature: enabled
    variables: &variables {A: 1, B: 2}
  purge: *work
organizational_units:
  - identifier: ou-1
    preparation:
      <<: *work
      variables: {<<: *variables, B: 3}
  - identifier: ou-2
    purge: {<<: [{feature: disabled}, *work]}
`);

    expect(book.defaults.purge).toEqual({ feature: 'enabled', variables: { A: '1', B: '2' } });
    expect(book.units['ou-1']?.preparation).toEqual({ feature: 'enabled', variables: { A: '1', B: '3' } });
    expect(book.units['ou-2']?.purge).toEqual({ feature: 'disabled', variables: { A: '1', B: '2' } });
  });

  it.each([
    ['accounts: *nowhere', '5 accounts: found *nowhere, expected &nowhere before it'],
    ['metering: &own {a: *own}', '5 metering.a: found *own, expected an alias of something else'],
    [
      'defaults: {<<: 5}',
      '5 defaults: found another value, expected a map, or a list of maps, to merge with <<',
    ],
  ])('refuses %s', (line, telling) => {
    expect(tellings(`${required}${line}\n`)[0]?.slice(0, telling.length)).toBe(telling);
  });

  it('refuses aliases that would fill the memory', () => {
    const bomb = Array.from(
      { length: 40 },
      (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]\n`,
    );

    expect(tellings(`a0: &a0 [x]\n${bomb.join('')}`)).toEqual([
      '1: found aliases that unfold without end, expected fewer aliases',
    ]);
  });
});

describe('a text that is no settings file', () => {
  it.each([
    ['', '1: found nothing, expected a map that begins with environment_identifier'],
    ['# nothing yet\n', '1: found nothing, expected a map that begins with environment_identifier'],
    ['- a\n- b\n', '1: found a list, expected a map that begins with environment_identifier'],
    ['hello', '1: found "hello", expected a map that begins with environment_identifier'],
    ['a: [1,\nb: 2\n', '2: found "b: 2", expected valid YAML'],
    ['a:\n\tb: 1\n', '2: found "b: 1", expected valid YAML (Tabs are not allowed as indentation)'],
    ['a: 1\n---\nb: 2\n', '2: found "---", expected valid YAML (Source contains multiple documents)'],
    ['a: !Ref x\n', '1: found "a: !Ref x", expected valid YAML (Unresolved tag)'],
    ['['.repeat(20_000), '1: found "[['],
  ])('%.20j is told with its line', (text, telling) => {
    const told = tellings(text);

    expect(told).toHaveLength(1);
    expect(told[0]?.slice(0, telling.length)).toBe(telling);
  });
});

describe('a key written twice', () => {
  it('is refused with both lines', () => {
    expect(tellings(`${required}  region: eu-west-3\n`)).toEqual([
      '5 automation.region: found this key again, expected each key once (it is on line 3 already)',
    ]);
  });
});

describe('a key that would reach into the machinery of JavaScript', () => {
  it.each(['__proto__: {polluted: yes}', 'defaults: {account_tags: {__proto__: x}}'])(
    'is refused: %s',
    (line) => {
      const told = faultsOf(`${required}${line}\n`);

      expect(told).toEqual([expect.objectContaining({ line: 5, found: '"__proto__"' })]);
      expect({}).not.toHaveProperty('polluted');
    },
  );

  it('is a word like any other where it does no harm', () => {
    const { book } = settingsOf(`${required}defaults: {account_tags: {constructor: x, toString: y}}\n`);

    expect(book.defaults.accountTags).toEqual({ constructor: 'x', toString: 'y' });
  });
});

describe('a settings file from another system', () => {
  it.each([
    ['with a byte order mark', (text: string) => `\uFEFF${text}`],
    ['with lines of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ])('%s reads the same', (_, change) => {
    expect(settingsOf(change(required))).toEqual(settingsOf(required));
  });

  it('keeps its line numbers', () => {
    expect(tellings(`${required}x: 1\n`.replaceAll('\n', '\r\n'))[0]).toMatch(/^5 x: /);
  });
});
