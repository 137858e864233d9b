import { createInterface } from 'node:readline/promises';
import type { Ask } from './destroy.ts';

/** Asks the person at a terminal; undefined where nobody sits there. */
export function askOn(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Ask {
  if (!input.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input, output });
    try {
      return await terminal.question(question);
    } finally {
      terminal.close();
    }
  };
}
