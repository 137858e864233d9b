import type { Exception } from '#domain/incidents/exception.ts';
import type { SystemEvent } from '#events/system-event.ts';
import type { Ports } from '#ports/ports.ts';

/** Leaves a message for the channels; each is told by a function of its own. */
export async function tellChannels(
  { title, message }: Exception,
  { bus, settings }: Ports<'bus' | 'settings'>,
): Promise<void> {
  const { usesSlack } = (await settings.book()).chat;
  const payload = { Subject: title, Message: message };
  const events: readonly SystemEvent[] = [
    { label: 'MessageToMicrosoftTeams', payload },
    ...(usesSlack ? [{ label: 'MessageToSlack', payload } as const] : []),
  ];
  await bus.put(...events);
}
