/** CloudTrail writes the times of an account's creation as text in US form. */
export function trailTime(date: Date): string {
  const day = date.toLocaleDateString('en-US', {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const time = date.toLocaleTimeString('en-US', { timeZone: 'UTC' });
  return `${day} ${time.replaceAll('\u202f', ' ')}`;
}
