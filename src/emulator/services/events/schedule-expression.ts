import { Cron } from 'croner';

/** When a scheduled rule fires next; undefined when it never does again. */
export interface Schedule {
  next(after: number): number | undefined;
}

/** EventBridge tells no reason; this one shows the two forms. */
export class InvalidScheduleExpression extends Error {
  override readonly name = 'InvalidScheduleExpression';
  readonly expression: string;
  constructor(expression: string) {
    super(
      `Parameter ScheduleExpression is not valid: write cron(…) with six fields, or rate(…), not ${expression}`,
    );
    this.expression = expression;
  }
}

/** Reads `cron(…)` of six fields, in UTC, or `rate(…)`, in the form of EventBridge. Throws InvalidScheduleExpression. */
export function parseSchedule(expression: string): Schedule {
  const [, kind, argument = ''] = /^(cron|rate)\(([^()]+)\)$/.exec(expression) ?? [];
  const schedule =
    kind === 'cron' ? cronSchedule(argument) : kind === 'rate' ? rateSchedule(argument) : undefined;
  if (!schedule) throw new InvalidScheduleExpression(expression);
  return schedule;
}

const unitsInMilliseconds: ReadonlyMap<string, number> = new Map([
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
]);

/** `1 minute` but `5 minutes`, since EventBridge refuses the wrong number. */
function rateSchedule(argument: string): Schedule | undefined {
  const [, count = '', word = '', plural = ''] = /^(\d+) (minute|hour|day)(s?)$/.exec(argument) ?? [];
  const unit = unitsInMilliseconds.get(word);
  const times = Number(count);
  if (unit === undefined || times === 0 || (times === 1) !== (plural === '')) return undefined;
  return { next: (after) => after + times * unit };
}

function cronSchedule(argument: string): Schedule | undefined {
  const fields = argument.split(/\s+/);
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  try {
    const cron = new Cron(`0 ${argument}`, {
      timezone: 'UTC',
      // Sunday is 1, and `0/15` means every quarter, as EventBridge has it.
      alternativeWeekdays: true,
      sloppyRanges: true,
      paused: true,
    });
    return { next: (after) => cron.nextRun(new Date(after))?.getTime() };
  } catch {
    return undefined;
  }
}
