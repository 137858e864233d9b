interface CronField {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const minutes: CronField = { name: 'minutes', low: 0, high: 59 };
const hours: CronField = { name: 'hours', low: 0, high: 23 };
const dayOfMonth: CronField = { name: 'day of month', low: 1, high: 31 };
const month: CronField = { name: 'month', low: 1, high: 12, names: months };
const dayOfWeek: CronField = { name: 'day of week', low: 1, high: 7, names: weekdays };
const year: CronField = { name: 'year', low: 1970, high: 2199 };
const fields = [minutes, hours, dayOfMonth, month, dayOfWeek, year];

export const scheduleExamples = 'cron(0 18 ? * SAT *) or rate(7 days)';

/** What is wrong with a schedule of EventBridge, told as what would be right; undefined where nothing is. */
export function scheduleFault(expression: string): string | undefined {
  const [, kind, content = ''] = /^(cron|rate)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return cronFault(content.trim().split(/\s+/));
  if (kind === 'rate') return rateFault(content);
  return `a schedule such as ${scheduleExamples}`;
}

function rateFault(content: string): string | undefined {
  const [, number, plural] = /^([1-9]\d*) (?:minute|hour|day)(s?)$/.exec(content) ?? [];
  if (number === undefined)
    return 'rate(…) with a positive number of minutes, hours or days, such as rate(7 days)';
  if ((number === '1') === (plural === '')) return undefined;
  return number === '1'
    ? 'minute, hour or day without s after 1'
    : `minutes, hours or days with s after ${number}`;
}

function cronFault(parts: readonly string[]): string | undefined {
  if (parts.length !== fields.length) {
    return `cron(…) with six fields (${fields.map(({ name }) => name).join(', ')}), such as cron(0 18 ? * SAT *)`;
  }
  const [, , days, , weekday] = parts;
  if ((days === '?') === (weekday === '?')) {
    return 'cron(…) with ? in one of the fields day of month and day of week, and only in one';
  }
  const wrong = fields.find((field, index) => !fits(field, parts[index] ?? ''));
  return wrong && `cron(…) with ${wrong.name} in ${rangeOf(wrong)}, ranges upwards`;
}

function rangeOf({ low, high, names }: CronField): string {
  return names ? `${low}-${high} or ${names[0]}-${names.at(-1)}` : `${low}-${high}`;
}

function fits(field: CronField, text: string): boolean {
  if (field === dayOfMonth && (text === '?' || text === 'L' || isWeekdayNear(text))) return true;
  if (field === dayOfWeek && (text === '?' || text === 'L' || isOccurrence(text))) return true;
  return text.split(',').every((element) => isElement(field, element));
}

/** `15W`: the weekday nearest to the 15th. */
function isWeekdayNear(text: string): boolean {
  return text.endsWith('W') && isValue(dayOfMonth, text.slice(0, -1));
}

/** `FRI#2`, the second Friday of the month, or `6L`, the last one. AWS takes no list of these. */
function isOccurrence(text: string): boolean {
  const [, day = ''] = /^(\w+)(?:#[1-5]|(?<=\w)L)$/.exec(text) ?? [];
  return isValue(dayOfWeek, day);
}

function isElement(field: CronField, element: string): boolean {
  const [range = '', step, ...more] = element.split('/');
  if (more.length > 0 || (step !== undefined && !isStep(field, step))) return false;
  if (range === '*') return true;
  const [first = '', last = first, ...others] = range.split('-');
  return others.length === 0 && isValue(field, first) && isValue(field, last) && order(field, first, last);
}

function isStep(field: CronField, step: string): boolean {
  return /^[1-9]\d*$/.test(step) && Number(step) <= field.high;
}

function order(field: CronField, first: string, last: string): boolean {
  return valueOf(field, first) <= valueOf(field, last);
}

function isValue(field: CronField, text: string): boolean {
  const value = valueOf(field, text);
  return value >= field.low && value <= field.high;
}

/** Names count in any case, as AWS takes them. NaN for what is neither name nor number. */
function valueOf({ low, names = [] }: CronField, text: string): number {
  const position = names.indexOf(text.toUpperCase());
  if (position >= 0) return low + position;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
