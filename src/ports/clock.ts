/** Time as the system lives it: that of AWS, or simulated. */
export interface Clock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}
