import { crc32, inflateRawSync } from 'node:zlib';

/** A formula with the value that is stored beside it. */
export interface ReadFormula {
  readonly formula: string;
  readonly value: number;
}

export type ReadCell = string | number | ReadFormula | null;

export interface ReadRow {
  readonly level: number;
  readonly hidden: boolean;
  readonly collapsed: boolean;
  readonly cells: readonly ReadCell[];
}

export interface ReadSheet {
  readonly name: string;
  readonly rows: readonly ReadRow[];
  readonly xml: string;
}

/** Reads a workbook back as spreadsheets do: parts by their relations, cells by their references. */
export function readWorkbook(archive: Uint8Array): ReadSheet[] {
  const parts = readZip(Buffer.from(archive));
  const texts = [...part(parts, 'xl/sharedStrings.xml').matchAll(/<t [^>]*>(.*?)<\/t>/gs)].map(
    ([, text = '']) => unescaped(text),
  );
  const targets = new Map(
    [...part(parts, 'xl/_rels/workbook.xml.rels').matchAll(/Id="(\w+)"[^>]*Target="([^"]+)"/g)].map(
      ([, id = '', target = '']) => [id, target],
    ),
  );
  return [...part(parts, 'xl/workbook.xml').matchAll(/<sheet name="([^"]+)"[^>]*r:id="(\w+)"/g)].map(
    ([, name = '', id = '']) => {
      const xml = part(parts, `xl/${targets.get(id)}`);
      return { name: unescaped(name), rows: readRows(xml, texts), xml };
    },
  );
}

/** All parts of an archive by path. Throws when one is not as long as its directory says, or has another checksum. */
export function readZip(archive: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('ascii', at + 46, at + 46 + nameLength);
    const header = archive.readUInt32LE(at + 42);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    const content = inflateRawSync(packed);
    const isWhole =
      content.length === archive.readUInt32LE(at + 24) && crc32(content) === archive.readUInt32LE(at + 16);
    if (!isWhole) throw new Error(`${name} is damaged`);
    parts.set(name, content.toString());
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return parts;
}

function part(parts: ReadonlyMap<string, string>, path: string): string {
  const xml = parts.get(path);
  if (xml === undefined) throw new Error(`the workbook lacks ${path}`);
  return xml;
}

function readRows(xml: string, texts: readonly string[]): ReadRow[] {
  return [...xml.matchAll(/<row ([^>]*)>(.*?)<\/row>/gs)].map(([, attributes = '', content = '']) => ({
    level: Number(/outlineLevel="(\d)"/.exec(attributes)?.[1] ?? 0),
    hidden: attributes.includes('hidden="1"'),
    collapsed: attributes.includes('collapsed="1"'),
    cells: readCells(content, texts),
  }));
}

function readCells(content: string, texts: readonly string[]): ReadCell[] {
  const cells: ReadCell[] = [];
  for (const [, attributes = '', inner = ''] of content.matchAll(/<c ([^>]*)>(.*?)<\/c>/gs)) {
    const index = columnIndex(/r="([A-Z]+)/.exec(attributes)?.[1] ?? '');
    while (cells.length < index) cells.push(null);
    cells.push(readCell(attributes, inner, texts));
  }
  return cells;
}

function readCell(attributes: string, inner: string, texts: readonly string[]): ReadCell {
  const value = Number(/<v>(.*)<\/v>/.exec(inner)?.[1]);
  if (attributes.includes('t="s"')) return texts[value] ?? null;
  const formula = /<f>(.*)<\/f>/.exec(inner)?.[1];
  return formula === undefined ? value : { formula: unescaped(formula), value };
}

export const columnIndex = (letters: string) =>
  Array.from(letters).reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll(/_x([\dA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
