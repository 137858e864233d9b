import { styleText } from 'node:util';
import type { Status } from '#domain/doctor/diagnosis.ts';
import { countOf } from '#domain/doctor/wording.ts';
import type { Diagnoses } from './visit.ts';

/** Checks that people read under one heading. */
export interface Chapter {
  readonly title: string;
  readonly diagnoses: Diagnoses;
}

const marks = {
  ok: ['✓', 'green'],
  hint: ['!', 'yellow'],
  finding: ['✗', 'red'],
  unseen: ['–', 'gray'],
} as const satisfies Record<Status, readonly [string, string]>;

/** One line for each check, with what to do about it, and a last line that sums them up. */
export function doctorLines(chapters: readonly Chapter[], colours: boolean): string {
  const all = chapters.flatMap(({ diagnoses }) => Object.entries(diagnoses));
  const width = Math.max(...all.map(([name]) => name.length));
  const lines = chapters.flatMap(({ title, diagnoses }) => [
    title,
    ...Object.entries(diagnoses).map(([name, { status, found, remedy }]) => {
      const advice = remedy === undefined ? '' : ` → ${remedy}`;
      return `  ${marked(status, colours)} ${name.padEnd(width)}  ${found}${advice}`;
    }),
  ]);
  const counted = (status: Status) => all.filter(([, diagnosis]) => diagnosis.status === status).length;
  const sums = [countOf(counted('finding'), 'finding'), countOf(counted('hint'), 'hint')];
  return [
    ...lines,
    `${sums.join(', ')}, ${counted('unseen')} of ${countOf(all.length, 'check')} not looked at.`,
    '',
  ].join('\n');
}

function marked(status: Status, colours: boolean): string {
  const [mark, colour] = marks[status];
  return colours ? styleText(colour, mark, { validateStream: false }) : mark;
}
