import {
  customMetrics,
  environmentDimension,
  metricsNamespace,
  type Measurement,
} from '#domain/metrics/measurement.ts';
import type { Clock } from '#ports/clock.ts';
import type { Metrics } from '#ports/metrics.ts';

const longestValue = 1024;

/**
 * Metrics as lines of the log in CloudWatch's embedded metric format, from which CloudWatch Logs makes metrics: no
 * call, no permission, no charge per request.
 */
export function createEmbeddedMetrics(
  environment: string,
  clock: Pick<Clock, 'now'>,
  write: (line: string) => void = writeRaw,
): Metrics {
  return {
    record(...measurements) {
      for (const measurement of measurements) write(lineOf(measurement, environment, clock.now()));
    },
  };
}

function lineOf(measurement: Measurement, environment: string, now: Date): string {
  const { metric, value, at = now } = measurement;
  const { dimension, unit } = customMetrics[metric];
  const own =
    dimension !== undefined && 'of' in measurement ? { [dimension]: printable(measurement.of) } : {};
  const dimensions = { ...own, [environmentDimension]: environment };
  const directive = {
    Namespace: metricsNamespace,
    Dimensions: [Object.keys(dimensions)],
    Metrics: [{ Name: metric, Unit: unit }],
  };
  return JSON.stringify({
    _aws: { Timestamp: at.getTime(), CloudWatchMetrics: [directive] },
    ...dimensions,
    [metric]: value,
  });
}

/** CloudWatch takes no dimension but ASCII text that is not blank: other characters are written as in a URL. */
function printable(text: string): string {
  const ascii = text.toWellFormed().replaceAll(/[^\x20-\x7E]/gu, encodeURIComponent);
  return ascii.trim() === '' ? '-' : ascii.slice(0, longestValue);
}

/** Past the console, to whose lines Lambda adds a time and a request, with which they would be metrics no more. */
const writeRaw = (line: string): void => void process.stdout.write(`${line}\n`);
