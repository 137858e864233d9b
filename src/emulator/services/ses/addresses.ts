/** The bare address in `"no reply" <spa@example.com>`, its domain in lower case; a domain alone likewise. */
export function bareAddress(text: string): string {
  const address = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.trim();
  const at = Math.max(0, address.lastIndexOf('@'));
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

/** Addresses of a header, separated by commas outside of quotes. */
export const addressesIn = (header = ''): readonly string[] =>
  header
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .filter((part) => part.trim() !== '')
    .map(bareAddress);

export const isAddress = (text: string): boolean => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text);

export const isDomain = (text: string): boolean => /^(?:[a-z\d-]+\.)+[a-z\d-]+$/i.test(text);
