/** A record of DynamoDB holds 400 KB; two logs, the tags and the rest have to fit. */
const mostBytes = 140_000;

/** The log of a build, without its middle when it is too long to be kept: how it began, and how it ended. */
export function shortened(log: string): string {
  if (log.length * 6 <= mostBytes || Buffer.byteLength(JSON.stringify(log)) <= mostBytes) return log;
  const head = reach(log, 0, 1);
  const tail = reach(log, log.length - 1, -1);
  const left = tail - head + 1;
  return `${log.slice(0, head)}\n[… ${left} characters left out …]\n${log.slice(tail + 1)}`.toWellFormed();
}

/** How far half of the room reaches from one end of the log. */
function reach(log: string, from: number, step: 1 | -1): number {
  let position = from;
  for (let bytes = 0; bytes < mostBytes / 2; position += step) bytes += bytesOf(log.charCodeAt(position));
  return position;
}

/** Bytes that a character takes in JSON text at most. */
function bytesOf(code: number): number {
  if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) return 6;
  if (code === 0x22 || code === 0x5c) return 2;
  if (code < 0x80) return 1;
  return code < 0x800 ? 2 : 3;
}
