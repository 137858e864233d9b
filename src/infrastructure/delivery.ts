/** Times that a message is tried before it goes to the dead letters. */
export const triesOfMessages = 4;

/** Times that Lambda tries an event again before it goes to the dead letters. */
export const retriesOfEvents = 2;

/** As long as SQS keeps anything: time for people to look. */
export const retentionInSeconds = 14 * 24 * 3600;

/**
 * How long a message that is taken stays hidden from others: as AWS advises, six times the timeout of its function,
 * beside the time for which it waits for others.
 */
export const hiddenInSeconds = (timeoutInSeconds: number, gatheringSeconds: number): number =>
  6 * timeoutInSeconds + gatheringSeconds;
