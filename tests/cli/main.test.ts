import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

interface Ending {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a person does, in a process of its own. */
function spa(...words: readonly string[]): Promise<Ending> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...words], (_, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

describe.concurrent('when a command cannot be followed', () => {
  it.each([
    [['fly'], "unknown command 'fly'"],
    [['local', '--port', '1.5'], 'expected a whole number from 0 to 65535'],
  ])('says why in a line, and ends with 2: %j', async (words, sentence) => {
    const { status, stdout, stderr } = await spa(...words);

    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('tells programs what is wrong with a world, as one document, and ends with 1', async () => {
    const { status, stdout } = await spa('local', '--until-idle', '--json', '--world', '/nowhere.json');

    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ valid: false, faults: [{ file: '/nowhere.json' }] });
  });
});
