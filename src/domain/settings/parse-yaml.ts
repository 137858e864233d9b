import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { ParsedNode, Scalar, YAMLError, YAMLMap, YAMLSeq } from 'yaml';
import { keyPathOf, quoted } from './settings-fault.ts';
import type { Report } from './settings-fault.ts';
import { isWrittenMap } from './written.ts';
import type { Written } from './written.ts';
import { plainScalar } from './yaml-scalar.ts';

/** Past this number of values, aliases of aliases would exhaust the memory: 10,000 accounts take 200,000. */
const mostValues = 2_000_000;

type Content = Omit<Written, 'line'>;

/**
 * Reads YAML as PyYAML does, merge keys included, and remembers where everything is written. Undefined where the text is
 * no YAML at all, then only the first error is told: later ones mostly follow from it.
 */
export function parseYaml(text: string, file: string, report: Report): Written | undefined {
  const lines = new LineCounter();
  // Scalars are resolved here and not by the library, which knows no schema that reads like PyYAML. Doubled keys are
  // found here too, since only our own fault can say where the first one stands.
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const error = document.errors[0] ?? document.warnings[0];
  if (error !== undefined) {
    report(syntaxFault(error, file, text, lines));
    return undefined;
  }
  const read = yamlReader(lines, (line, path, found, expected) =>
    report({ file, line, keyPath: keyPathOf(path), found, expected }),
  );
  const content = read(document.contents, []);
  if (content.size <= mostValues) return { ...content, line: 1 };
  report({ file, line: 1, keyPath: '', found: 'aliases that unfold without end', expected: 'fewer aliases' });
  return undefined;
}

function syntaxFault(error: YAMLError, file: string, text: string, lines: LineCounter) {
  const { line } = lines.linePos(error.pos[0]);
  const start = lines.lineStarts[line - 1] ?? 0;
  const content = text.slice(start).split(/\r?\n/, 1)[0]?.trim() ?? '';
  const found = content === '' ? 'nothing more' : quoted(content);
  const [reason] = error.message.split(/[;:]/, 1);
  const expected = error.code === 'RESOURCE_EXHAUSTION' ? 'less deep nesting' : `valid YAML (${reason})`;
  return { file, line, keyPath: '', found, expected };
}

type Path = readonly string[];
type Complain = (line: number, path: Path, found: string, expected: string) => void;

/** Turns nodes into written values. Anchored values are shared, not copied, wherever an alias names them. */
function yamlReader(lines: LineCounter, complain: Complain) {
  const anchored = new Map<string, Content | 'open'>();
  const lineOf = (node: ParsedNode | null) => (node ? lines.linePos(node.range[0]).line : 1);

  function read(node: ParsedNode | null, path: Path): Content {
    if (isAlias(node)) return aliased(node.source, lineOf(node), path);
    if (node?.anchor === undefined) return readPlain(node, path);
    anchored.set(node.anchor, 'open');
    const content = readPlain(node, path);
    anchored.set(node.anchor, content);
    return content;
  }

  function readPlain(node: ParsedNode | null, path: Path): Content {
    if (isMap(node)) return readMap(node, path);
    if (isSeq(node)) return readList(node, path);
    return isScalar(node) ? readScalar(node) : scalarContent('', null);
  }

  function aliased(name: string, line: number, path: Path): Content {
    const content = anchored.get(name);
    if (content !== undefined && content !== 'open') return content;
    const expected =
      content === 'open' ? 'an alias of something else than its own surroundings' : `&${name} before it`;
    complain(line, path, `*${name}`, expected);
    return scalarContent('', null);
  }

  function readList(list: YAMLSeq.Parsed, path: Path): Content {
    const items = list.items.map((item, index) => ({
      ...read(item, [...path, String(index)]),
      line: lineOf(item),
    }));
    return collection(
      new Map(items.map((item, index) => [String(index), item])),
      items.map(({ value }) => value),
    );
  }

  function readMap(map: YAMLMap.Parsed, path: Path): Content {
    const parts = new Map<string, Written>();
    const merged: Content[] = [];
    for (const { key, value } of map.items) {
      const line = lineOf(key);
      if (isMergeKey(key)) {
        for (const source of mapsToMerge(read(value, path), line, path)) merged.push(source);
      } else {
        const name = keyText(key, line, path);
        addPart(parts, name, { ...read(value, [...path, name ?? '']), line }, path);
      }
    }
    for (const source of merged) {
      for (const [key, part] of source.parts) if (!parts.has(key)) parts.set(key, part);
    }
    return collection(parts, Object.fromEntries([...parts].map(([key, { value }]) => [key, value])));
  }

  function addPart(parts: Map<string, Written>, key: string | undefined, part: Written, path: Path) {
    if (key === undefined) return;
    const first = parts.get(key);
    if (first === undefined) parts.set(key, part);
    else
      complain(
        part.line,
        [...path, key],
        'this key again',
        `each key once (it is on line ${first.line} already)`,
      );
  }

  function keyText(key: ParsedNode, line: number, path: Path): string | undefined {
    const { text } = read(key, path);
    if (text !== undefined && text !== '__proto__') return text;
    complain(line, path, text === undefined ? 'a map or a list as key' : quoted(text), 'a plain word as key');
    return undefined;
  }

  function mapsToMerge(content: Content, line: number, path: Path): readonly Content[] {
    const maps = Array.isArray(content.value) ? [...content.parts.values()] : [content];
    if (maps.every(isWrittenMap)) return maps;
    complain(line, path, 'another value', 'a map, or a list of maps, to merge with <<');
    return [];
  }

  return read;
}

function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

function readScalar(scalar: Scalar.Parsed): Content {
  const text = String(scalar.value);
  const isPlain = scalar.type === 'PLAIN' && scalar.tag === undefined;
  return scalarContent(text, isPlain ? plainScalar(text) : text);
}

const scalarContent = (text: string, value: unknown): Content => ({ text, value, parts: new Map(), size: 1 });

function collection(parts: ReadonlyMap<string, Written>, value: unknown): Content {
  const size = [...parts.values()].reduce((sum, part) => sum + part.size, 1);
  return { text: undefined, value, parts, size };
}
