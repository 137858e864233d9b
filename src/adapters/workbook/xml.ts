export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Text for the content or an attribute of an element. Characters that XML has no way to write take Excel's form `_x0007_`. */
export function xmlText(text: string): string {
  if (!needsEscape.test(text)) return text;
  return text
    .toWellFormed()
    .replaceAll(looksEscaped, '_x005F_')
    .replaceAll(unwritable, excelEscape)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const needsEscape = /[&<>"\p{Cc}\p{Cs}\uFFFE\uFFFF]|_x/u;
const looksEscaped = /_(?=x[\da-f]{4}_)/gi;
/** Carriage returns too: parsers turn them into line feeds. */
const unwritable = /[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu;

const excelEscape = (character: string) =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
