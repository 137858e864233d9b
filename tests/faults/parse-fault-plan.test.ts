import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { InvalidFaultPlan } from '#local/faults/invalid-fault-plan.ts';
import { loadFaultPlan } from '#local/faults/load-fault-plan.ts';
import { noFaults } from '#local/faults/fault-plan.ts';
import { parseFaultPlan } from '#local/faults/parse-fault-plan.ts';

const parse = (value: unknown) => parseFaultPlan(JSON.stringify(value), 'faults.json');

function mistakesIn(value: unknown): readonly string[] {
  try {
    parse(value);
    return [];
  } catch (fault) {
    return (fault as InvalidFaultPlan).message.split('\n').slice(1);
  }
}

describe('when a fault file is right', () => {
  it('says what goes wrong, how often, where and when', () => {
    const written = {
      seed: 7,
      calls: [
        { fault: 'throttled', share: 0.1, service: 'organizations', operation: 'TagResource' },
        { fault: 'denied', share: 1, account: '200000000000', from: 60, until: 3600 },
        { fault: 'slow', share: 0.5, seconds: 20, region: 'us-east-1' },
      ],
      events: [{ fault: 'late', share: 0.05, seconds: 1800, detailType: 'ReleasedAccount' }],
      functions: [{ fault: 'killed', share: 0.02, when: 'during', function: 'OnExpiredAccount' }],
      builds: [{ fault: 'vanished', share: 0.03, project: 'SpaProjectForAccountPurge' }],
      clocks: [{ fault: 'skewed', share: 1, seconds: 30 }],
    };

    expect(parse(written)).toEqual(written);
  });

  it('is as the documentation shows it', () => {
    const documentation = readFileSync(new URL('../../docs/local-cloud.md', import.meta.url), 'utf8');
    const [, example = ''] = /<<'END'\n(.*?)\nEND\n/s.exec(documentation) ?? [];

    expect(parseFaultPlan(example, 'faults.json')).toMatchObject(JSON.parse(example));
  });

  it('may leave everything out', () => {
    expect(parse({})).toEqual(noFaults);
  });
});

describe('when a fault file is wrong', () => {
  it('is refused with every mistake at once, each with its place and its remedy', () => {
    const mistakes = mistakesIn({
      seed: -1,
      weather: 'bad',
      calls: [
        { fault: 'throtled', share: 0.1, service: 'organisations' },
        { fault: 'denied', share: 2, account: 200000000000 },
      ],
      events: { fault: 'lost' },
      functions: [{ fault: 'killed' }, { fault: 'killed', share: 0.1, function: 'SpaTestOnExpiredAccount' }],
      builds: [{ fault: 'failed', share: 0, projekt: 'x', project: 'SpaProjectForPurge' }],
      clocks: [{ fault: 'skewed', share: 1 }],
    });

    expect(mistakes).toEqual([
      'faults.json weather: found an unknown key, expected one of seed, calls, events, functions, builds, clocks',
      'faults.json seed: found -1, expected a whole number, 0 or more',
      'faults.json calls[0].fault: found "throtled", expected one of throttled, slow, failed, unanswered, denied, stale',
      'faults.json calls[0].service: found "organisations", expected one of ce, codebuild, dynamodb, events, iam, organizations, s3, ses, sns, sqs, ssm, ssm-incidents, sts, tagging',
      'faults.json calls[1].share: found 2, expected a number above 0, and 1 at most',
      'faults.json calls[1].account: found 200000000000, expected 12 digits, as text',
      'faults.json events: found an object, expected a list',
      'faults.json functions[0].share: found nothing, expected a number above 0, and 1 at most',
      'faults.json functions[1].function: found "SpaTestOnExpiredAccount", expected the name of a function without the environment, such as OnExpiredAccount',
      'faults.json builds[0].projekt: found an unknown key, expected one of fault, share, from, until, project, account',
      'faults.json builds[0].share: found 0, expected a number above 0, and 1 at most',
      'faults.json builds[0].project: found "SpaProjectForPurge", expected one of SpaProjectForAccountPreparation, SpaProjectForAccountPurge',
      'faults.json clocks[0].seconds: found nothing, expected a number of seconds, from 0 to 86400',
    ]);
  });

  it('tells of faults that would end before they begin', () => {
    expect(mistakesIn({ events: [{ fault: 'lost', share: 1, from: 60, until: 60 }] })).toEqual([
      'faults.json events[0].until: found 60, expected a number above 60',
    ]);
  });

  it.each([['[]'], ['null'], ['"faults"'], ['{'], ['']])('refuses %j', (text) => {
    expect(() => parseFaultPlan(text, 'faults.json')).toThrow(/^faults\.json has 1 fault:\n/);
  });

  it('names the file that is not there', async () => {
    await expect(loadFaultPlan('nowhere.json')).rejects.toThrow(
      /^nowhere\.json has 1 fault:\nnowhere\.json: found ENOENT.*check the path/,
    );
  });
});
