import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { look } from '#adapters/doctor/look.ts';
import { doctorCommand } from '#cli/doctor/doctor-command.ts';
import { outcomeOf } from '#cli/doctor/doctor.ts';
import { forwardedCalls } from '#cli/doctor/forwarded-calls.ts';
import { finding, hint, notLookedAt, ok } from '#domain/doctor/diagnosis.ts';

const chapters = [
  { title: 'Access', diagnoses: { credentials: ok('those of somebody') } },
  {
    title: 'Events',
    diagnoses: {
      forwarding: finding('no rule', 'make one'),
      triggers: hint('slow', 'wait'),
      'bus-policy': notLookedAt({ unseen: 'denied' }),
    },
  },
];

describe('what a doctor leaves', () => {
  it('is one line a check for people, under its heading', () => {
    const outcome = outcomeOf(chapters, { json: false, colours: false });

    expect(outcome).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: [
        'Access',
        '  ✓ credentials  those of somebody',
        'Events',
        '  ✗ forwarding   no rule → make one',
        '  ! triggers     slow → wait',
        '  – bus-policy   not looked at: denied',
        '1 finding, 1 hint, 1 of 4 checks not looked at.',
        '',
      ].join('\n'),
    });
  });

  it('is one document for programs', () => {
    const { exitStatus, stdout, stderr } = outcomeOf(chapters, { json: true, colours: true });

    expect({ exitStatus, stderr }).toEqual({ exitStatus: 1, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      checks: [
        { name: 'credentials', status: 'ok', found: 'those of somebody', remedy: null },
        { name: 'forwarding', status: 'finding', found: 'no rule', remedy: 'make one' },
        { name: 'triggers', status: 'hint', found: 'slow', remedy: 'wait' },
        { name: 'bus-policy', status: 'unseen', found: 'not looked at: denied', remedy: null },
      ],
    });
  });

  it('is a success where nothing is found, whatever is hinted at or unseen', () => {
    const others = { triggers: hint('slow', 'wait'), 'bus-policy': notLookedAt({ unseen: 'denied' }) };

    expect(
      outcomeOf([{ title: 'Events', diagnoses: others }], { json: false, colours: false }).exitStatus,
    ).toBe(0);
  });

  it('has colours on terminals only', () => {
    expect(outcomeOf(chapters, { json: false, colours: true }).stderr).toContain('\u001B[31m✗');
    expect(outcomeOf(chapters, { json: false, colours: false }).stderr).not.toContain('\u001B');
  });
});

describe('what people type', () => {
  const run = (...typed: readonly string[]) => {
    const command = doctorCommand({ settingsFile: () => 'nowhere.yaml', leave: () => {}, isTerminal: false });
    const program = new Command().exitOverride();
    program.addCommand(command.exitOverride().configureOutput({ writeErr: () => {} }));
    return program.parseAsync(['doctor', ...typed], { from: 'user' });
  };

  it.each([['--accounts', 'many'], ['--accounts', '-1'], ['--accounts', '1.5'], ['--everything'], ['now']])(
    'is refused when it makes no sense: %s %s',
    async (...typed) => {
      await expect(run(...typed)).rejects.toThrow(/invalid|unknown|too many/);
    },
  );

  it('is told that the settings file is missing', async () => {
    await expect(run('--accounts', 'all')).rejects.toThrow(/nowhere\.yaml/);
  });
});

describe('a look at AWS', () => {
  it('tells why nothing was seen', async () => {
    const refused = Object.assign(new Error('not\n authorized'), {
      name: 'AccessDeniedException',
      $metadata: {},
    });

    expect(await look(() => Promise.reject(refused))).toEqual({
      unseen: 'AccessDeniedException: not authorized',
      remedy: 'allow it to the credentials at hand, or take others',
    });
  });

  it('hides no fault of our own', async () => {
    await expect(look(() => Promise.reject(new TypeError('ours')))).rejects.toThrow('ours');
  });
});

describe('events that a rule forwards', () => {
  const all = ['CreateAccountResult', 'MoveAccount', 'TagResource'];

  it.each([
    ['{"source":["aws.organizations"]}', all],
    ['{"source":[{"prefix":"aws."}]}', all],
    ['{"account":["111111111111"]}', all],
    ['{"detail":{"eventName":["MoveAccount","TagResource"]}}', ['MoveAccount', 'TagResource']],
    [
      '{"source":["aws.organizations"],"detail-type":["AWS API Call via CloudTrail"]}',
      ['MoveAccount', 'TagResource'],
    ],
    ['{"detail":{"requestParameters":{"tags":{"key":["account-state"]}}}}', ['TagResource']],
    ['{"source":["aws.codebuild"]}', []],
    ['', all],
  ])('by %s are %s', (pattern, calls) => {
    expect(forwardedCalls(pattern, '111111111111')).toEqual(calls);
  });
});
