import { accountStates } from '#domain/account.ts';
import type { Counts } from '#local/counts.ts';

/** One look at a world: how many accounts are in which state, at what simulated time. */
export interface Glance {
  readonly now: Date;
  readonly states: Counts;
}

/** Shows people how accounts move: a table that stays in place on a terminal, a line for each change elsewhere. */
export interface ProgressView {
  show(glance: Glance): void;
  tell(line: string): void;
}

/** Where people read: a terminal, a file, a pipe. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const barWidth = 30;
const states = ['none', ...accountStates];
const colours: Readonly<Record<string, number>> = {
  none: 90,
  vanilla: 37,
  assigned: 33,
  released: 32,
  expired: 31,
};

export function createProgressView(output: Output): ProgressView {
  return output.isTTY ? tableView(output) : lineView(output);
}

const stamp = (now: Date) => now.toISOString().slice(0, 19).replace('T', ' ');

function lineView(output: Output): ProgressView {
  let shown = '';
  return {
    show({ now, states: counts }) {
      const told = states.flatMap((state) => (counts[state] ? [`${state} ${counts[state]}`] : [])).join(', ');
      if (told !== shown) output.write(`${stamp(now)}  ${told}\n`);
      shown = told;
    },
    tell: (line) => void output.write(`${line}\n`),
  };
}

function tableView(output: Output): ProgressView {
  let height = 0;
  let last: Glance | undefined;

  function draw(glance: Glance) {
    const total = Object.values(glance.states).reduce((sum, count) => sum + count, 0);
    const lines = [
      `  simulated time ${stamp(glance.now)} UTC`,
      ...states.map((state) => row(state, glance.states[state] ?? 0, total)),
    ];
    output.write(`${erase()}${lines.join('\n')}\n`);
    height = lines.length;
  }

  const erase = () => (height > 0 ? `\u001b[${height}A\u001b[J` : '');

  return {
    show(glance) {
      last = glance;
      draw(glance);
    },
    tell(line) {
      output.write(`${erase()}${line}\n`);
      height = 0;
      if (last) draw(last);
    },
  };
}

function row(state: string, count: number, total: number): string {
  const full = total === 0 ? 0 : Math.ceil((count / total) * barWidth);
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
  return `  ${state.padEnd(9)} \u001b[${colours[state]}m${bar}\u001b[0m ${String(count).padStart(5)}`;
}
