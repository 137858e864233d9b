import type { Level } from './environment.ts';

const severity: Record<Level, number> = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50 };

/** Writes one line of JSON for each thing that is worth a line. */
export type Log = (level: Level, line: Readonly<Record<string, unknown>>) => void;

export function createLog(verbosity: Level, write: (line: string) => void = console.log): Log {
  return (level, line) => {
    if (severity[level] >= severity[verbosity]) write(JSON.stringify({ level, ...line }));
  };
}
