/** What a command leaves to the process: people read `stderr`, programs read `stdout`. */
export interface CommandOutcome {
  /** 0 done, 1 done with findings, 2 wrong usage. */
  readonly exitStatus: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

export const asJson = (document: unknown) => `${JSON.stringify(document, undefined, 2)}\n`;

/** Lines of two or more columns, each as wide as its widest cell. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
