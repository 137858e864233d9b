import { describe, expect, it } from 'vitest';
import { createProgressView } from '#cli/local/progress-view.ts';

function page(isTTY: boolean) {
  let text = '';
  return { isTTY, write: (more: string) => void (text += more), read: () => text };
}

const at = (minute: number) => new Date(Date.UTC(2026, 10, 16, 9, minute));

const escape = String.fromCharCode(27);
const pieces = new RegExp(`${escape}\\[(\\d*)([AJm])|(\\n)|([^\\n${escape}]+)`, 'g');

/** What a terminal shows after all that has been written to it: it knows how to go up, and how to clear below. */
function screen(text: string): readonly string[] {
  const lines = [''];
  let row = 0;
  for (const [, count, command, newline, visible] of text.matchAll(pieces)) {
    if (command === 'A') row -= Number(count);
    else if (command === 'J') lines.splice(row, Infinity, '');
    else if (newline) lines[(row += 1)] ??= '';
    else if (visible) lines[row] += visible;
  }
  return lines;
}

describe('when people look at a terminal', () => {
  it('shows one table that stays in place, with the simulated time and a bar for each state', () => {
    const output = page(true);
    const view = createProgressView(output);

    view.show({ now: at(0), states: { vanilla: 3 } });
    view.show({ now: at(1), states: { assigned: 2, released: 1 } });

    expect(screen(output.read())).toEqual([
      '  simulated time 2026-11-16 09:01:00 UTC',
      '  none      ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░     0',
      '  vanilla   ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░     0',
      '  assigned  ████████████████████░░░░░░░░░░     2',
      '  released  ██████████░░░░░░░░░░░░░░░░░░░░     1',
      '  expired   ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░     0',
      '',
    ]);
  });

  it('keeps what it tells above the table', () => {
    const output = page(true);
    const view = createProgressView(output);

    view.tell('AWS endpoint http://127.0.0.1:4566');
    view.show({ now: at(0), states: {} });
    view.tell('GenericException: mind the gap');
    view.show({ now: at(1), states: { expired: 1 } });

    const lines = screen(output.read());
    expect(lines.slice(0, 3)).toEqual([
      'AWS endpoint http://127.0.0.1:4566',
      'GenericException: mind the gap',
      '  simulated time 2026-11-16 09:01:00 UTC',
    ]);
    expect(lines).toHaveLength(9);
  });
});

describe('when people look elsewhere', () => {
  it('writes a plain line for each change, and none where nothing has changed', () => {
    const output = page(false);
    const view = createProgressView(output);

    view.show({ now: at(0), states: { none: 2, released: 1 } });
    view.show({ now: at(1), states: { none: 2, released: 1 } });
    view.tell('GenericException: mind the gap');
    view.show({ now: at(2), states: { released: 3 } });

    expect(output.read()).toBe(
      '2026-11-16 09:00:00  none 2, released 1\n' +
        'GenericException: mind the gap\n' +
        '2026-11-16 09:02:00  released 3\n',
    );
  });
});
