/** EventBridge delivers an event for 24 hours; whoever speaks of another day is not to be measured by. */
const longestDeliveryInMilliseconds = 24 * 3600_000;

/** When something happened: as it is told, unless that can't be, and then now. The same for each delivery of an event. */
export function toldTime(told: Date | undefined, now: Date): Date {
  if (!told || Number.isNaN(told.getTime())) return now;
  const age = now.getTime() - told.getTime();
  return age >= 0 && age <= longestDeliveryInMilliseconds ? told : now;
}
