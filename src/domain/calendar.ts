/** Months are written YYYY-MM and days YYYY-MM-DD, all in UTC, as bills and reports are kept. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
export const monthOf = (time: Date): string => time.toISOString().slice(0, 7);

export function monthAfter(month: string, months = 1): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return monthOf(new Date(Date.UTC(year, number - 1 + months)));
}

export const monthBefore = (month: string): string => monthAfter(month, -1);

export function dayAfter(day: string, days = 1): string {
  const time = new Date(`${day}T00:00:00Z`);
  time.setUTCDate(time.getUTCDate() + days);
  return dayOf(time);
}

export const firstDayOf = (month: string): string => `${month}-01`;
export const lastDayOf = (month: string): string => dayAfter(firstDayOf(monthAfter(month)), -1);

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** Whether the calendar has that day: the 30th of February is none. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isMonth(text.slice(0, 7)) && isOnCalendar(text);
}

function isOnCalendar(day: string): boolean {
  const number = Number(day.slice(8));
  return number >= 1 && number <= Number(lastDayOf(day.slice(0, 7)).slice(8));
}
