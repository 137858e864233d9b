import { readFileSync } from 'node:fs';

/** An event in the shape that AWS sends, with its `___placeholders___` filled in. */
export function recordedEvent(name: string, values: Readonly<Record<string, string>>): unknown {
  const text = readFileSync(new URL(`./data/recorded-events/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(
    text.replace(/___(\w+)___/g, (_, placeholder: string) => values[placeholder] ?? placeholder),
  );
}
