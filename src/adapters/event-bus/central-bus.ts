import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { detailOf, source, type SystemEvent } from '#events/system-event.ts';
import type { EventBus } from '#ports/event-bus.ts';
import { clientConfig, type AwsAccess } from '../aws/access.ts';

const mostPerCall = 10;
const attempts = 5;
const pauseInMilliseconds = 500;

export class EventsRefused extends Error {
  override readonly name = 'EventsRefused';
  readonly labels: readonly string[];
  constructor(labels: readonly string[], reason: string) {
    super(`EventBridge has refused ${labels.join(', ')}: ${reason}`);
    this.labels = labels;
  }
}

/** The default bus of the automation account. AWS may refuse single entries of a call that succeeds: these are put again. */
export function createCentralBus(access: AwsAccess, environment: string): EventBus {
  const client = new EventBridgeClient(clientConfig(access));

  async function putAll(entries: readonly PutEventsRequestEntry[]): Promise<void> {
    let left = entries;
    for (let attempt = 1; left.length > 0; attempt += 1) {
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...left] }));
      const refused = Entries.map((entry, index) => ({ ...entry, put: left[index] })).filter(
        ({ ErrorCode }) => ErrorCode,
      );
      left = refused.flatMap(({ put }) => put ?? []);
      if (left.length === 0) return;
      if (attempt === attempts)
        throw new EventsRefused(left.map(labelOf), refused[0]?.ErrorMessage ?? 'no reason given');
      await access.clock.sleep(pauseInMilliseconds * 2 ** attempt);
    }
  }

  return {
    async put(...events) {
      const entries = events.map((event) => entryOf(event, environment));
      for (let from = 0; from < entries.length; from += mostPerCall) {
        await putAll(entries.slice(from, from + mostPerCall));
      }
    },
  };
}

const labelOf = ({ DetailType = '?' }: PutEventsRequestEntry) => DetailType;

const entryOf = (event: SystemEvent, environment: string): PutEventsRequestEntry => ({
  Source: source,
  DetailType: event.label,
  Detail: JSON.stringify(detailOf(event, environment)),
});
