import { describe, expect, it } from 'vitest';
import { required, settingsOf, tellings } from './sources.ts';

const withDefaults = (variables: string) =>
  `${required}defaults: {purge: {feature: enabled, variables: {${variables}}}}
organizational_units: [{identifier: ou-1}]
`;

describe('variables of builds', () => {
  it('are refused where they are written, with what would be right', () => {
    const text = `${required}defaults:
  preparation: {variables: {BUDGET_AMOUNT: plenty}}
organizational_units:
  - identifier: ou-1
    purge:
      variables:
        MAXIMUM_AGE: 3 months
accounts:
  - identifier: '300000000000'
    purge: {variables: {PURGE_MODE: --hard}}
`;

    expect(tellings(text)).toEqual([
      '6 defaults.preparation.variables.BUDGET_AMOUNT: found "plenty", expected a positive number of USD: 500',
      expect.stringMatching(
        /^11 organizational_units\[0\]\.purge\.variables\.MAXIMUM_AGE: found "3 months", expected .*5d, 2w, 3M, 1y$/,
      ),
      '14 accounts[0].purge.variables.PURGE_MODE: found "--hard", expected --dry-run or --force',
    ]);
  });

  it('are refused in CSV files, by line and column', () => {
    const text = `${required}features: {with_csv_files: [rows.csv]}\n`;
    const files = {
      'rows.csv':
        'Account,Purge: MAXIMUM_DELETIONS,Preparation: WITH_PROWLER\n300000000000,10,\n300000000001,many,on\n',
    };

    expect(tellings(text, { files })).toEqual([
      'rows.csv:3 Preparation: WITH_PROWLER: found "on", expected enabled or disabled',
      'rows.csv:3 Purge: MAXIMUM_DELETIONS: found "many", expected a whole number: 100',
    ]);
  });

  it('are told once, however often an alias repeats them', () => {
    const text = `${required}organizational_units:
  - identifier: ou-1
    purge: &purge {variables: {PURGE_MODE: soft}}
  - identifier: ou-2
    purge: *purge
`;

    expect(tellings(text)).toHaveLength(1);
  });

  it('are left alone, where they are for the build specification of somebody else', () => {
    const text = `${required}worker: {purge_buildspec_template_file: mine.yaml}
defaults:
  purge: {feature: enabled, variables: {MAXIMUM_AGE: ages, TAG_KEY: lone}}
  preparation: {variables: {WITH_PROWLER: maybe}}
organizational_units: [{identifier: ou-1}]
`;

    expect(tellings(text, { files: { 'mine.yaml': 'version: 0.2' } })).toEqual([
      '8 defaults.preparation.variables.WITH_PROWLER: found "maybe", expected enabled or disabled',
    ]);
  });

  it('that no build specification of ours knows are fine', () => {
    expect(settingsOf(withDefaults('ANYTHING: "$(rm -rf /)"')).book.defaults.purge.variables).toEqual({
      ANYTHING: '$(rm -rf /)',
    });
  });
});

describe('the tag that marks what a purge may take', () => {
  it.each(['TAG_KEY: purge', 'TAG_VALUE: me', 'TAG_KEY: purge, TAG_VALUE: ""'])(
    'is whole, or there is none: %s',
    (variables) => {
      expect(tellings(withDefaults(variables))).toEqual([
        expect.stringMatching(/^5 defaults\.purge\.variables\.TAG_(KEY|VALUE): found ".+" without TAG_/),
      ]);
    },
  );

  it('may have its key from defaults, and its value from each unit', () => {
    const text = `${required}defaults: {purge: {feature: enabled, variables: {TAG_KEY: purge}}}
organizational_units:
  - {identifier: ou-1, purge: {variables: {TAG_VALUE: alpha}}}
  - {identifier: ou-2, purge: {feature: disabled}}
`;

    expect(tellings(text)).toEqual([]);
  });
});
