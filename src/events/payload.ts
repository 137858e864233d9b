import { textMember, member } from './shape.ts';
import type { BusEvent, Wiring } from './trigger.ts';

/** The payload of one of our own events, which may also travel as JSON text; why it is none of ours otherwise. */
export function payloadOf(
  event: BusEvent,
  { environment }: Wiring,
): { readonly payload: unknown } | { readonly ignored: string } {
  const found = textMember(event, 'detail', 'Environment');
  if (found !== environment) return { ignored: `an event of the environment ${found ?? '(none)'}` };
  const payload = member(event, 'detail', 'Payload');
  return { payload: typeof payload === 'string' ? parsed(payload) : payload };
}

/** What is no JSON is the message itself. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object') return value;
  } catch {
    // Text that people have put there by hand.
  }
  return { message: text, Message: text };
}
