/** Texts of events may hold anything; people, and the services that tell them, get text without traps. */
export function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** Lines and tabs stay; other control characters go. */
export function withoutControls(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

/** Pieces of so many characters at most; no character is cut in two. */
export function* piecesOf(text: string, most: number): Generator<string> {
  for (let from = 0; from < text.length;) {
    const piece = text.slice(from, from + most).replace(/(?<=.)[\uD800-\uDBFF]$/s, '');
    yield piece;
    from += piece.length;
  }
}

/** So many characters at most, with a sign at the end where some are missing; no character is cut in two. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
