import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { buildspecNames, loadBuildspec } from '../../src/buildspecs/load-buildspecs.ts';
import { programOf } from './build-machine.ts';
import { shellFaults } from './shell-lint.ts';

/** The shell programs that a build specification writes down with `cat > NAME.sh <<'BASH'`. */
const scriptsOf = (text: string) =>
  programOf(text).commands.flatMap((command) =>
    [...command.matchAll(/cat > (\w+\.sh) <<'BASH'\n([\s\S]*?)\nBASH\n/g)].map(
      ([, name = '', body = '']) => ({ name, body }),
    ),
  );

describe.each(buildspecNames)('the build specification of a %s', (name) => {
  const text = loadBuildspec(name);

  it('fits in a parameter of Systems Manager', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8192);
  });

  it('holds shell programs without a known fault', () => {
    const scripts = scriptsOf(text);

    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.flatMap(({ body }) => shellFaults(body))).toEqual([]);
  });

  it('is understood by the shell', () => {
    for (const program of [...programOf(text).commands, ...scriptsOf(text).map(({ body }) => body)]) {
      expect(spawnSync('bash', ['-n'], { input: program, encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
    }
  });

  it('runs no command but those programs', () => {
    for (const command of programOf(text).commands) {
      const rest = command.replace(/cat > [\w.-]+ <<'(\w+)'\n[\s\S]*?\n\1\n/g, '').trim();
      expect(rest).toMatch(/^(bash \w+\.sh)?$/);
    }
  });
});

describe('the lint', () => {
  it.each([
    'echo $NAME',
    'echo "$(cat x)" $(cat y)',
    'eval "$NAME"',
    'curl https://example.com/install | sh',
    'curl https://example.com | tar -x',
    'aws iam get-user --user-name=$NAME',
    'rm `cat list`',
  ])('finds fault with %j', (line) => {
    expect(shellFaults(`set -euo pipefail\n${line}\n`)).not.toEqual([]);
  });

  it('finds fault with a program that goes on after a failure', () => {
    expect(shellFaults('echo done\n')).toEqual(['goes on after a failure']);
  });

  it('finds none with quotes where they belong', () => {
    expect(shellFaults('set -euo pipefail\nname="$1"\necho "$name" \'$5\' "$(cat "$name")"\n')).toEqual([]);
  });
});
