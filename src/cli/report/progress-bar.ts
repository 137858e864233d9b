/** Shows people how a long piece of work goes on: one line that moves on a terminal, a line for each part elsewhere. */
export interface ProgressBar {
  /** Begins a part of unknown length. */
  begin(part: string): void;
  /** One more thing of that part is done; of a known number, when it is given. */
  advance(of?: number): void;
  /** Leaves the line. */
  end(): void;
}

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const width = 30;
const eraseLine = '\r\u001b[K';

export function createProgressBar(output: Output): ProgressBar {
  let part = '';
  let done = 0;

  const draw = (of: number | undefined) => {
    if (output.isTTY) output.write(`${eraseLine}${lineOf(part, done, of)}`);
  };

  return {
    begin(name) {
      part = name;
      done = 0;
      if (output.isTTY) draw(undefined);
      else output.write(`${name}\n`);
    },
    advance(of) {
      done += 1;
      draw(of);
    },
    end() {
      if (output.isTTY) output.write(eraseLine);
    },
  };
}

function lineOf(part: string, done: number, of: number | undefined): string {
  if (of === undefined) return done === 0 ? `${part} …` : `${part} … ${done}`;
  const full = Math.round((width * Math.min(done, of)) / of);
  return `${part} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${done}/${of}`;
}
