import { xmlDeclaration, xmlText } from './xml.ts';

/** Texts of a workbook, each kept once: cells refer to them by number, which keeps large sheets small. */
export interface SharedStrings {
  /** The end of a cell with this text, from behind its place and style. */
  readonly cellEnd: (text: string) => string;
  /** The part that lists the texts; complete once all sheets are written. */
  readonly xml: () => Generator<string>;
}

export function openSharedStrings(): SharedStrings {
  const ends = new Map<string, string>();
  return {
    cellEnd(text) {
      const known = ends.get(text);
      if (known !== undefined) return known;
      const end = ` t="s"><v>${ends.size}</v></c>`;
      ends.set(text, end);
      return end;
    },
    *xml() {
      yield `${xmlDeclaration}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`;
      for (const text of ends.keys()) yield `<si><t xml:space="preserve">${xmlText(text)}</t></si>`;
      yield '</sst>';
    },
  };
}
